using Sal.Core.Data;
using Sal.Core.Numerics;

namespace Sal.Core.Model;

/// <summary>The forward pass through one layer: what training and scoring have in common.</summary>
internal static class LayerForward
{
    /// <summary>
    /// hidden = dropout(act(input W + b)) (+ input), and logits += hidden Rᵀ + c, for the rows given.
    /// </summary>
    /// <param name="parameters">The rows' area of this layer.</param>
    /// <param name="activation">The activation.</param>
    /// <param name="isResidual">Whether the layer adds its input to its output.</param>
    /// <param name="dropout">Dropout factors; <see cref="DropoutMask.None"/> when scoring.</param>
    /// <param name="input">rows x inputs; dense where the layer is residual.</param>
    /// <param name="activations">rows x units, written: dropout(act(z)).</param>
    /// <param name="hidden">rows x units, written; the same matrix as <paramref name="activations"/> unless residual.</param>
    /// <param name="logits">rows x classes, the running sum of the readouts.</param>
    /// <param name="isFirst">Whether the running sum starts here.</param>
    public static void Run(
        AreaParameters parameters, ActivationKind activation, bool isResidual, DropoutMask dropout, InputRows input,
        int rowStart, int rowEnd, PanelMatrix activations, PanelMatrix hidden, PanelMatrix logits, bool isFirst)
    {
        PanelMatrix? residual = isResidual ? input.Dense : null;
        if (activation == ActivationKind.ReLU)
        {
            var sink = new ActivationSink<ReLU>(parameters.Bias, dropout, activations, residual, hidden);
            input.Multiply(parameters.Weights, rowStart, rowEnd, hidden, ref sink);
        }
        else
        {
            var sink = new ActivationSink<Tanh>(parameters.Bias, dropout, activations, residual, hidden);
            input.Multiply(parameters.Weights, rowStart, rowEnd, hidden, ref sink);
        }

        RightTransposedProduct.Multiply(hidden, parameters.Readout, parameters.ReadoutBias, rowStart, rowEnd, logits, accumulate: !isFirst);
    }
}
