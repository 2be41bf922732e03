using System.Runtime.Intrinsics;

namespace Sal.Core.Training.Optimizers;

/// <summary>One optimiser's step on one parameter matrix: gradient in, increment out, moments updated on the way.</summary>
internal interface IOptimizerStep<TSelf>
    where TSelf : struct, IOptimizerStep<TSelf>
{
    /// <summary>Moment matrices that the optimiser keeps beside a parameter.</summary>
    static abstract int MomentCount { get; }

    /// <summary>The step number <see cref="StepSettings.Step"/> on the parameter whose moments are given.</summary>
    static abstract TSelf Create(in StepSettings settings, Moments moments);

    /// <summary>What the 16 parameters at <paramref name="offset"/> of the matrix grow by.</summary>
    Vector512<float> Increment(Vector512<float> gradient, nint offset);
}

/// <summary>What a step depends on beside the gradient.</summary>
/// <param name="LearningRate">The rate now.</param>
/// <param name="Step">The steps the parameter's area has made, this one included.</param>
/// <param name="Momentum">The momentum, for the optimiser that has one.</param>
/// <param name="WeightDecay">The decoupled decay.</param>
internal readonly record struct StepSettings(double LearningRate, long Step, double Momentum, double WeightDecay)
{
    /// <summary>What decayed parameters are multiplied by in a step.</summary>
    public float Keep => (float)(1 - LearningRate * WeightDecay);
}
