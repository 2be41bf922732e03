using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sal.Core.Numerics;

namespace Sal.Core.Training.Optimizers;

/// <summary>Applies each summed gradient to its parameter immediately, so that no gradient matrix is ever stored.</summary>
/// <param name="keep">The factor that decayed parameters are multiplied by; 1 without decay.</param>
/// <param name="gradientScale">1 / the number of rows that the gradient is averaged over.</param>
internal readonly unsafe struct UpdateSink<TStep>(PanelMatrix parameter, TStep step, float gradientScale, float keep) : IProductSink
    where TStep : struct, IOptimizerStep<TStep>
{
    private readonly float* _values = parameter.Pointer;

    public PanelMatrix Result => parameter;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Start(int panel) => Vector512<float>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Accept(Vector512<float> sum, nint offset)
    {
        Result.AssertHolds(offset);
        Vector512<float> increment = step.Increment(sum * Vector512.Create(gradientScale), offset);
        Vector512.FusedMultiplyAdd(Vector512.Load(_values + offset), Vector512.Create(keep), increment).Store(_values + offset);
    }
}

/// <summary>
/// Like <see cref="UpdateSink{TStep}"/>, but for a readout with aligned feedback: the feedback receives the same increments and decays at
/// the same rate (Kolen and Pollack, 1994). It therefore converges to the readout without ever being copied from it.
/// </summary>
internal readonly unsafe struct AlignedUpdateSink<TStep>(
    PanelMatrix readout, PanelMatrix feedback, TStep step, float gradientScale, float keep) : IProductSink
    where TStep : struct, IOptimizerStep<TStep>
{
    private readonly float* _readout = readout.Pointer;
    private readonly float* _feedback = feedback.Pointer;
    private readonly PanelMatrix _feedbackOwner = feedback;

    public PanelMatrix Result => readout;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Start(int panel) => Vector512<float>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Accept(Vector512<float> sum, nint offset)
    {
        Result.AssertHolds(offset);
        Vector512<float> increment = step.Increment(sum * Vector512.Create(gradientScale), offset);
        Vector512<float> kept = Vector512.Create(keep);
        Vector512.FusedMultiplyAdd(Vector512.Load(_readout + offset), kept, increment).Store(_readout + offset);
        Vector512.FusedMultiplyAdd(Vector512.Load(_feedback + offset), kept, increment).Store(_feedback + offset);
    }
}
