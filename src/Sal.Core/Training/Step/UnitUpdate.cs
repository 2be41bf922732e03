using Sal.Core.Network;
using Sal.Core.Numerics;
using Sal.Core.Training.Optimizers;

namespace Sal.Core.Training.Step;

/// <summary>What some units of an area of a layer are updated from.</summary>
internal readonly ref struct UnitUpdate
{
    /// <summary>Gets the area's parameters.</summary>
    public required AreaParameters Parameters { get; init; }

    /// <summary>Gets the area's optimizer state.</summary>
    public required AreaMoments Moments { get; init; }

    /// <summary>Gets the rows that the area learns from; all rows in a layer that is not routed.</summary>
    public required MiniBatch.Group Group { get; init; }

    /// <summary>Gets the panels of units to update.</summary>
    public required Interval Units { get; init; }

    /// <summary>Gets the layer's input, rows x inputs.</summary>
    public required LayerInput Input { get; init; }

    /// <summary>Gets the layer's output, rows x units.</summary>
    public required PanelMatrix Hidden { get; init; }

    /// <summary>Gets the layer's delta, rows x units.</summary>
    public required PanelMatrix Delta { get; init; }

    /// <summary>Gets the error that the layer's readout learns from, rows x classes.</summary>
    public required PanelMatrix Error { get; init; }

    /// <summary>Gets the learning rate now.</summary>
    public required double LearningRate { get; init; }
}
