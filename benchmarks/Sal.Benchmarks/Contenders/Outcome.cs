using Sal.Core.Training;

namespace Sal.Benchmarks.Contenders;

/// <summary>The result of a contender in a trial.</summary>
/// <param name="Probabilities">The probabilities of the test rows: rows x classes.</param>
/// <param name="TrainSeconds">The wall-clock seconds of the training that gave the model, without the tuning before it.</param>
/// <param name="ScoreMicroseconds">The mean microseconds to score a test row.</param>
internal sealed record Outcome(float[] Probabilities, double TrainSeconds, double ScoreMicroseconds)
{
    /// <summary>Gets the number of parameters that one row uses; null if it is not known.</summary>
    public long? ActiveParameters { get; init; }

    /// <summary>Gets the total number of parameters; null if it is not known.</summary>
    public long? TotalParameters { get; init; }

    /// <summary>Gets the number of areas; null for other models than SAL's.</summary>
    public int? Areas { get; init; }

    /// <summary>Gets whether another seed might give another result on the same split.</summary>
    public bool DependsOnSeed { get; init; } = true;

    /// <summary>Gets the number of hidden layers; null for other models than SAL's.</summary>
    public int? Layers { get; init; }

    /// <summary>Gets the epochs of the training; null if they are not known.</summary>
    public IReadOnlyList<SalEpoch>? Epochs { get; init; }

    /// <summary>Gets the learning rate; null if it is not known.</summary>
    public double? LearningRate { get; init; }
}
