using Sal.Core.Numerics;

namespace Sal.Core.Network;

/// <summary>The input and the outputs of one layer in the forward pass. All matrices have one row per row of the batch.</summary>
internal readonly struct LayerPass
{
    /// <summary>Gets the layer's input, rows x inputs; dense if the layer is residual.</summary>
    public required LayerInput Input { get; init; }

    /// <summary>Gets dropout(act(z)), rows x units: the layer's output before its input is added.</summary>
    public required PanelMatrix Activations { get; init; }

    /// <summary>Gets the layer's output, rows x units; the same matrix as <see cref="Activations"/> unless the layer is residual.</summary>
    public required PanelMatrix Hidden { get; init; }

    /// <summary>Gets the running sum of the readouts, rows x classes.</summary>
    public required PanelMatrix Logits { get; init; }

    /// <summary>Gets whether the layer adds its input to its output.</summary>
    public required bool IsResidual { get; init; }

    /// <summary>Gets whether the running sum starts at this layer.</summary>
    public required bool IsFirst { get; init; }

    /// <summary>Gets the dropout factors; inactive when scoring.</summary>
    public DropoutMask Dropout { get; init; }
}
