namespace Sal.Core.Training;

/// <summary>The decisions made before training starts.</summary>
/// <param name="Options">
/// The options, with epochs, mini-batch sizes, label smoothing, weight decay and seed chosen where they were left open. The number of areas may stay
/// open: the partition chooses it.
/// </param>
/// <param name="ClassWeights">The factor of the example weights, per class.</param>
public sealed record SalTrainingStart(SalTrainingOptions Options, IReadOnlyList<double> ClassWeights);
