namespace Sal.Core.Training;

/// <summary>The decisions made before training starts.</summary>
/// <param name="Options">
/// The options, with epochs, mini-batch sizes, label smoothing, weight decay, the deviation of the feedback, and seed filled in where they
/// were left open. The number of areas may still be open, because it is decided at the partition.
/// </param>
/// <param name="ClassWeights">The factor per class by which example weights are multiplied.</param>
public sealed record SalTrainingStart(SalTrainingOptions Options, IReadOnlyList<double> ClassWeights)
{
    /// <summary>Gets the number of rows to train on, without those held out for validation.</summary>
    public int RowCount { get; init; }

    /// <summary>Gets the number of rows to validate on, given or held out; 0 for none.</summary>
    public int ValidationRowCount { get; init; }

    /// <summary>
    /// Gets the indices of the features that have one value in all rows to learn from, so that the model ignores them. Empty if they were
    /// not measured: without input scaling, or when training continues from a model.
    /// </summary>
    public IReadOnlyList<int> ConstantFeatures { get; init; } = [];

    /// <summary>
    /// Gets the features, from 0, that are infinite in a row. An infinite value counts as the largest or smallest that the model can tell
    /// apart.
    /// </summary>
    public IReadOnlyList<int> InfiniteFeatures { get; init; } = [];
}
