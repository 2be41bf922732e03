using Sal.Core.Training;

namespace Sal.Benchmarks.Contenders;

/// <summary>What a contender made of a trial.</summary>
/// <param name="Probabilities">Of the test rows, rows x classes.</param>
/// <param name="TrainSeconds">Wall-clock seconds of the training that gave the model, without the tuning before it.</param>
/// <param name="ScoreMicroseconds">Mean microseconds to score a test row.</param>
internal sealed record Outcome(float[] Probabilities, double TrainSeconds, double ScoreMicroseconds)
{
    /// <summary>Parameters that one row uses; null where that is not known.</summary>
    public long? ActiveParameters { get; init; }

    /// <summary>Parameters in all.</summary>
    public long? TotalParameters { get; init; }

    /// <summary>Areas.</summary>
    public int? Areas { get; init; }

    /// <summary>Whether another seed might give another result on the same split.</summary>
    public bool DependsOnSeed { get; init; } = true;

    /// <summary>Hidden layers, where there are such.</summary>
    public int? Layers { get; init; }

    /// <summary>The epochs of the training; null where they are not known.</summary>
    public IReadOnlyList<SalEpoch>? Epochs { get; init; }

    /// <summary>The learning rate, where there is one.</summary>
    public double? LearningRate { get; init; }
}
