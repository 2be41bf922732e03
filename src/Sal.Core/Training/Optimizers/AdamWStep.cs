using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sal.Core.Training.Optimizers;

/// <summary>
/// AdamW (Loshchilov and Hutter, 2019): m = 0.9 m + 0.1 g, v = 0.999 v + 0.001 g², increment = -rate m' / (sqrt(v') + 1e-8),
/// with m' = m / (1 - 0.9^t) and v' = v / (1 - 0.999^t).
/// </summary>
internal readonly unsafe struct AdamWStep : IOptimizerStep<AdamWStep>
{
    private const double FirstDecay = 0.9;
    private const double SecondDecay = 0.999;
    private const float Epsilon = 1e-8f;

    private readonly Moments _owner; // keeps the addresses valid
    private readonly float* _first;
    private readonly float* _second;
    private readonly float _rate;
    private readonly float _secondCorrection;

    private AdamWStep(in StepSettings settings, Moments moments)
    {
        _owner = moments;
        _first = moments[0].Pointer;
        _second = moments[1].Pointer;
        _rate = (float)(-settings.LearningRate / (1 - Math.Pow(FirstDecay, settings.Step)));
        _secondCorrection = (float)(1 / Math.Sqrt(1 - Math.Pow(SecondDecay, settings.Step)));
    }

    public static int MomentCount => 2;

    public static AdamWStep Create(in StepSettings settings, Moments moments) => new(settings, moments);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Increment(Vector512<float> gradient, nint offset)
    {
        Vector512<float> first = Vector512.Load(_first + offset);
        first = Vector512.FusedMultiplyAdd(gradient - first, Vector512.Create((float)(1 - FirstDecay)), first);
        first.Store(_first + offset);
        Vector512<float> second = Vector512.Load(_second + offset);
        second = Vector512.FusedMultiplyAdd(gradient * gradient - second, Vector512.Create((float)(1 - SecondDecay)), second);
        second.Store(_second + offset);
        Vector512<float> deviation = Vector512.FusedMultiplyAdd(
            Vector512.Sqrt(second), Vector512.Create(_secondCorrection), Vector512.Create(Epsilon));
        return Vector512.Create(_rate) * first / deviation;
    }
}
