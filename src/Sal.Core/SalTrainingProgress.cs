namespace Sal.Core.Training;

/// <summary>The progress of a training run.</summary>
/// <param name="Epoch">The epoch that has just ended.</param>
/// <param name="FinishedEpochs">The number of epochs finished so far, including those of alternatives that are compared.</param>
/// <param name="NumberOfEpochs">The total number of epochs planned. Training may end earlier.</param>
public sealed record SalTrainingProgress(SalEpoch Epoch, int FinishedEpochs, int NumberOfEpochs)
{
    internal Action? RequestStop { get; init; }

    /// <summary>
    /// Asks training to stop and to return the best model so far: with validation rows, the model of the epoch with the lowest validation
    /// loss; otherwise, that of the last epoch. Called while the report is being received, it ends training with <see cref="Epoch"/>;
    /// called later, or from another thread, as <see cref="Progress{T}"/> does, with the epoch that is then being trained.
    /// </summary>
    public void Stop() => RequestStop?.Invoke();
}
