using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sal.Core.Numerics;

/// <summary>Stores product + bias.</summary>
internal readonly unsafe struct LinearSink(PanelMatrix result, PanelMatrix? bias = null) : IProductSink
{
    private readonly float* _result = result.Pointer;
    private readonly float* _bias = bias is null ? null : bias.Pointer;
    private readonly PanelMatrix? _biasOwner = bias;

    public PanelMatrix Result => result;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Start(int panel) =>
        _bias == null ? Vector512<float>.Zero : Vector512.Load(_bias + panel * PanelMatrix.PanelWidth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Accept(Vector512<float> sum, nint offset)
    {
        result.AssertHolds(offset);
        sum.Store(_result + offset);
    }
}

/// <summary>Stores dropout(act(product + bias)) and, if the layer is residual, the sum of that and the layer's input.</summary>
/// <param name="bias">1 x units.</param>
/// <param name="dropout">The dropout factors.</param>
/// <param name="activations">rows x units, written: dropout(act(z)).</param>
/// <param name="residual">The layer's input, rows x units, which is added to give <paramref name="hidden"/>; or null.</param>
/// <param name="hidden">
/// rows x units, written: the input of the next layer; the same as <paramref name="activations"/> if the layer is not residual.
/// </param>
internal readonly unsafe struct ActivationSink<TActivation>(
    PanelMatrix bias, DropoutMask dropout, PanelMatrix activations, PanelMatrix? residual, PanelMatrix hidden) : IProductSink
    where TActivation : struct, IActivation
{
    private readonly float* _bias = bias.Pointer;
    private readonly float* _activations = activations.Pointer;
    private readonly float* _residual = residual is null ? null : residual.Pointer;
    private readonly float* _hidden = hidden.Pointer;
    private readonly PanelMatrix _biasOwner = bias;
    private readonly PanelMatrix? _residualOwner = residual;
    private readonly PanelMatrix _hiddenOwner = hidden;

    public PanelMatrix Result => activations;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Start(int panel) => Vector512.Load(_bias + panel * PanelMatrix.PanelWidth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Accept(Vector512<float> sum, nint offset)
    {
        activations.AssertHolds(offset);
        Vector512<float> output = TActivation.Apply(sum);
        if (dropout.IsActive)
        {
            output *= dropout.Factors(offset);
        }

        output.Store(_activations + offset);
        if (_residual != null)
        {
            (output + Vector512.Load(_residual + offset)).Store(_hidden + offset);
        }
    }
}

/// <summary>
/// Stores delta = product * act'(z) * dropout factor. Both factors follow from the stored activation, because a dropped unit holds 0.
/// </summary>
/// <param name="activations">rows x units: dropout(act(z)).</param>
/// <param name="delta">rows x units, written.</param>
internal readonly unsafe struct DeltaSink<TActivation>(PanelMatrix activations, DropoutMask dropout, PanelMatrix delta) : IProductSink
    where TActivation : struct, IActivation
{
    private readonly float* _activations = activations.Pointer;
    private readonly float* _delta = delta.Pointer;
    private readonly PanelMatrix _activationsOwner = activations;

    public PanelMatrix Result => delta;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Start(int panel) => Vector512<float>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Accept(Vector512<float> sum, nint offset)
    {
        delta.AssertHolds(offset);
        (sum * ActivationGradient<TActivation>.Factor(Vector512.Load(_activations + offset), dropout)).Store(_delta + offset);
    }
}
