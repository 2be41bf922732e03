namespace Sal.Core.Training;

/// <summary>
/// Holds the result of a candidate for the options that are chosen on held-out rows: a model trained on a part of the rows and compared on
/// the others.
/// </summary>
public sealed class SalTrainingCandidate
{
    /// <summary>Gets the number of epochs.</summary>
    public required int NumberOfEpochs { get; init; }

    /// <summary>Gets the dropout rate.</summary>
    public required double DropoutRate { get; init; }

    /// <summary>Gets the weight decay.</summary>
    public required double WeightDecay { get; init; }

    /// <summary>Gets the largest number of steps per feature.</summary>
    public required int StepsPerFeature { get; init; }

    /// <summary>Gets the number of areas.</summary>
    public required int NumberOfAreas { get; init; }

    /// <summary>Gets the number of rows that it was compared on.</summary>
    public required int RowCount { get; init; }

    /// <summary>Gets the share of these rows that it classified wrongly, weighted by the example weights, 0 to 1.</summary>
    public required double Error { get; init; }

    /// <summary>Gets the mean cross-entropy on these rows, weighted by the example weights, in nats.</summary>
    public required double Loss { get; init; }
}
