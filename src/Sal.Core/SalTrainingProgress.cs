namespace Sal.Core.Training;

/// <summary>How far training has come.</summary>
/// <param name="Epoch">The epoch just finished.</param>
/// <param name="FinishedEpochs">The epochs finished so far, those of alternatives that are compared included.</param>
/// <param name="NumberOfEpochs">The epochs to train in all; fewer where training stops early.</param>
public sealed record SalTrainingProgress(SalEpoch Epoch, int FinishedEpochs, int NumberOfEpochs);
