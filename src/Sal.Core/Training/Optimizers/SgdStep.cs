using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sal.Core.Training.Optimizers;

/// <summary>Stochastic gradient descent: increment = -rate g.</summary>
internal readonly struct SgdStep : IOptimizerStep<SgdStep>
{
    private readonly float _rate;

    private SgdStep(in StepSettings settings) => _rate = (float)-settings.LearningRate;

    public static int MomentCount => 0;

    public static SgdStep Create(in StepSettings settings, Moments moments) => new(settings);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Increment(Vector512<float> gradient, nint offset) => Vector512.Create(_rate) * gradient;
}
