using Sal.Core.Model;
using Sal.Core.Numerics;

namespace Sal.Core.Network;

/// <summary>
/// The computations that depend on the activation function of the layers. This is the only place where the activation is selected.
/// </summary>
internal abstract class LayerKernels
{
    private static readonly LayerKernels _reLU = new LayerKernels<ReLU>();
    private static readonly LayerKernels _tanh = new LayerKernels<Tanh>();

    /// <summary>Gets the variance of the initial weights, times the number of inputs.</summary>
    public abstract double InitialGain { get; }

    /// <summary>Gets the name of the activation's ONNX operator.</summary>
    public abstract string OnnxOperator { get; }

    /// <summary>Gets the kernels for an activation.</summary>
    public static LayerKernels For(ActivationKind activation) => activation switch
    {
        ActivationKind.ReLU => _reLU,
        ActivationKind.Tanh => _tanh,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no such activation."),
    };

    /// <summary>Computes hidden = dropout(act(input W + b)) (+ input) and logits += hidden Rᵀ + c for some rows.</summary>
    /// <param name="pass">The input and the outputs of the layer.</param>
    /// <param name="parameters">The parameters of the rows' area.</param>
    /// <param name="rows">The rows.</param>
    public abstract void Forward(in LayerPass pass, AreaParameters parameters, Interval rows);

    /// <summary>Computes delta = (F e) act'(z) for some rows.</summary>
    /// <param name="pass">The results of the layer's forward pass.</param>
    /// <param name="feedback">F transposed, classes x units.</param>
    /// <param name="error">rows x classes.</param>
    /// <param name="delta">rows x units, written.</param>
    /// <param name="rows">The rows.</param>
    public abstract void FeedBack(in LayerPass pass, PanelMatrix feedback, PanelMatrix error, PanelMatrix delta, Interval rows);

    /// <summary>Computes delta = gradient act'(z) for some rows.</summary>
    /// <param name="pass">The results of the layer's forward pass.</param>
    /// <param name="gradient">rows x units: d loss / d hidden.</param>
    /// <param name="delta">rows x units, written.</param>
    /// <param name="rows">The rows.</param>
    public abstract void ScaleByDerivative(in LayerPass pass, PanelMatrix gradient, PanelMatrix delta, Interval rows);

    /// <inheritdoc cref="ActivationChords{TActivation}.Compute"/>
    public abstract void ComputeChords(PanelMatrix z, PanelMatrix activations, PanelMatrix slopes);
}

/// <inheritdoc/>
internal sealed class LayerKernels<TActivation> : LayerKernels
    where TActivation : struct, IActivation
{
    public override double InitialGain => TActivation.InitialGain;

    public override string OnnxOperator => TActivation.OnnxOperator;

    public override void Forward(in LayerPass pass, AreaParameters parameters, Interval rows)
    {
        PanelMatrix? residual = pass.IsResidual ? pass.Input.Dense : null;
        var sink = new ActivationSink<TActivation>(parameters.Bias, pass.Dropout, pass.Activations, residual, pass.Hidden);
        pass.Input.Multiply(parameters.Weights, rows, ref sink);
        RightTransposedProduct.Multiply(
            pass.Hidden, parameters.Readout, parameters.ReadoutBias, rows, pass.Logits, accumulate: !pass.IsFirst);
    }

    public override void FeedBack(in LayerPass pass, PanelMatrix feedback, PanelMatrix error, PanelMatrix delta, Interval rows)
    {
        var sink = new DeltaSink<TActivation>(pass.Activations, pass.Dropout, delta);
        PanelProduct.Multiply(error, feedback, rows, delta.AllPanels, ref sink);
    }

    public override void ScaleByDerivative(in LayerPass pass, PanelMatrix gradient, PanelMatrix delta, Interval rows) =>
        ActivationGradient<TActivation>.Multiply(gradient, pass.Activations, pass.Dropout, rows, delta);

    public override void ComputeChords(PanelMatrix z, PanelMatrix activations, PanelMatrix slopes) =>
        ActivationChords<TActivation>.Compute(z, activations, slopes);
}
