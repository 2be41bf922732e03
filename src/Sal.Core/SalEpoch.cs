namespace Sal.Core.Training;

/// <summary>What one epoch did.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Phase">The phase it belongs to.</param>
/// <param name="LearningRate">The learning rate it started with.</param>
/// <param name="TrainingLoss">
/// The mean cross-entropy of the rows, in nats, weighted by example weights, as each row was met (before its mini-batch's update, with dropout).
/// </param>
/// <param name="TrainingAccuracy">The share of the rows classified correctly when they were met, 0 to 1.</param>
/// <param name="Seconds">Its duration.</param>
/// <param name="AreaLoads">The rows of each area.</param>
/// <param name="ValidationLoss">The mean cross-entropy of the validation rows after the epoch, in nats; null without validation rows.</param>
/// <param name="ValidationAccuracy">The share of the validation rows classified correctly after the epoch, 0 to 1; null without validation rows.</param>
public sealed record SalEpoch(
    int Epoch,
    TrainingPhase Phase,
    double LearningRate,
    double TrainingLoss,
    double TrainingAccuracy,
    double Seconds,
    IReadOnlyList<int> AreaLoads,
    double? ValidationLoss = null,
    double? ValidationAccuracy = null);
