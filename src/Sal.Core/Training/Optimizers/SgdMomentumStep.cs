using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sal.Core.Training.Optimizers;

/// <summary>Stochastic gradient descent with momentum: u = momentum u + g, increment = -rate u.</summary>
internal readonly unsafe struct SgdMomentumStep : IOptimizerStep<SgdMomentumStep>
{
    private readonly Moments _owner; // keeps the address valid
    private readonly float* _velocity;
    private readonly float _rate;
    private readonly float _momentum;

    private SgdMomentumStep(in StepSettings settings, Moments moments)
    {
        _owner = moments;
        _velocity = moments[0].Pointer;
        _rate = (float)-settings.LearningRate;
        _momentum = (float)settings.Momentum;
    }

    public static int MomentCount => 1;

    public static SgdMomentumStep Create(in StepSettings settings, Moments moments) => new(settings, moments);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Increment(Vector512<float> gradient, nint offset)
    {
        Vector512<float> velocity = Vector512.FusedMultiplyAdd(Vector512.Create(_momentum), Vector512.Load(_velocity + offset), gradient);
        velocity.Store(_velocity + offset);
        return Vector512.Create(_rate) * velocity;
    }
}
