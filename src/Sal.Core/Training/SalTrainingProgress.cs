namespace Sal.Core.Training;

/// <summary>How far training has come.</summary>
/// <param name="Epoch">The epoch just finished.</param>
/// <param name="NumberOfEpochs">The epochs to train in all.</param>
public sealed record SalTrainingProgress(SalEpoch Epoch, int NumberOfEpochs);
