using System.Runtime.Intrinsics;

namespace Sal.Core.Training.Optimizers;

/// <summary>One optimizer step on one parameter matrix: takes gradients, returns increments and updates the moments.</summary>
internal interface IOptimizerStep<TSelf>
    where TSelf : struct, IOptimizerStep<TSelf>
{
    /// <summary>Gets the number of moment matrices that the optimizer keeps per parameter matrix.</summary>
    static abstract int MomentCount { get; }

    /// <summary>Creates step number <see cref="StepSettings.Step"/> for the parameter matrix with the given moments.</summary>
    static abstract TSelf Create(in StepSettings settings, Moments moments);

    /// <summary>Computes the increment of the 16 parameters at <paramref name="offset"/> of the matrix.</summary>
    Vector512<float> Increment(Vector512<float> gradient, nint offset);
}

/// <summary>The settings of a step, besides the gradient.</summary>
/// <param name="LearningRate">The current learning rate.</param>
/// <param name="Step">The number of steps of the parameter's area, including this one.</param>
/// <param name="Momentum">The momentum, for optimizers that use it.</param>
/// <param name="WeightDecay">The decoupled weight decay.</param>
internal readonly record struct StepSettings(double LearningRate, long Step, double Momentum, double WeightDecay)
{
    /// <summary>Gets the factor that decayed parameters are multiplied by in each step.</summary>
    public float Keep => (float)(1 - LearningRate * WeightDecay);
}
