namespace Sal.Core.Model;

/// <summary>The layers that are split into areas.</summary>
public enum RoutedLayers
{
    /// <summary>All layers: each area is an independent column of the network.</summary>
    All = 0,

    /// <summary>Only the first hidden layer; all rows share the layers after it (the paper's protocol).</summary>
    FirstOnly = 1,
}
