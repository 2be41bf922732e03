namespace Sal.Core.Training;

/// <summary>How the router is learned, before it is frozen.</summary>
public enum RouterKind
{
    /// <summary>k-means whose offsets are nudged towards areas of equal load.</summary>
    BalancedKMeans = 0,

    /// <summary>Plain k-means.</summary>
    KMeans = 1,

    /// <summary>Random hyperplanes: the signs of a row's projections spell its area in binary.</summary>
    RandomHyperplanes = 2,
}
