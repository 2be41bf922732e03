using Sal.Core.Network;
using Sal.Core.Numerics;
using Sal.Core.Training.Optimizers;

namespace Sal.Core.Training.Step;

/// <summary>The inputs for updating some units of an area of a layer.</summary>
internal readonly ref struct UnitUpdate
{
    /// <summary>Gets the parameters of the area.</summary>
    public required AreaParameters Parameters { get; init; }

    /// <summary>Gets the optimizer state of the area.</summary>
    public required AreaMoments Moments { get; init; }

    /// <summary>Gets the rows that the area learns from: all rows if the layer is not routed.</summary>
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

    /// <summary>Gets the current learning rate.</summary>
    public required double LearningRate { get; init; }
}
