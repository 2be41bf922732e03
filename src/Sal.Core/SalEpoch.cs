namespace Sal.Core.Training;

/// <summary>The results of one epoch.</summary>
/// <param name="Epoch">The number of the epoch, from 1.</param>
/// <param name="Phase">The phase that the epoch belongs to.</param>
/// <param name="LearningRate">The learning rate at the start of the epoch.</param>
/// <param name="TrainingLoss">
/// The mean cross-entropy of the training rows, in nats, weighted by the example weights. Each row is measured when it is trained on:
/// before the update of its mini-batch, and with dropout.
/// </param>
/// <param name="TrainingAccuracy">The fraction of the training rows classified correctly when they were trained on, 0 to 1.</param>
/// <param name="Seconds">The duration of the epoch in seconds.</param>
/// <param name="AreaLoads">The number of training rows per area.</param>
/// <param name="ValidationLoss">
/// The mean cross-entropy of the validation rows after the epoch, in nats; null without validation rows.
/// </param>
/// <param name="ValidationAccuracy">
/// The fraction of the validation rows classified correctly after the epoch, 0 to 1; null without validation rows.
/// </param>
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
