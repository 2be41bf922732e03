namespace Sal.Core.Model;

/// <summary>Which layers are split into areas.</summary>
public enum RoutedLayers
{
    /// <summary>Every layer: an area is an independent column of the network.</summary>
    All = 0,

    /// <summary>The first hidden layer only; the layers after it are shared by all rows (the paper's protocol).</summary>
    FirstOnly = 1,
}
