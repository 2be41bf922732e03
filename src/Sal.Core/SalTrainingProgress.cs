namespace Sal.Core.Training;

/// <summary>The progress of a training run.</summary>
/// <param name="Epoch">The epoch that has just ended.</param>
/// <param name="FinishedEpochs">The number of epochs finished so far, including those of alternatives that are compared.</param>
/// <param name="NumberOfEpochs">The total number of epochs planned. Training may end earlier.</param>
public sealed record SalTrainingProgress(SalEpoch Epoch, int FinishedEpochs, int NumberOfEpochs);
