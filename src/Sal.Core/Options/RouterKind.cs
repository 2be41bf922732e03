namespace Sal.Core.Training;

/// <summary>The method by which the router is learned before it is frozen.</summary>
public enum RouterKind
{
    /// <summary>k-means with offsets that are adjusted until the areas have similar loads.</summary>
    BalancedKMeans = 0,

    /// <summary>Plain k-means.</summary>
    KMeans = 1,

    /// <summary>Random hyperplanes: the signs of a row's projections are the binary digits of its area.</summary>
    RandomHyperplanes = 2,
}
