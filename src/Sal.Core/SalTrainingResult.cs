using Sal.Core.Model;

namespace Sal.Core.Training;

/// <summary>The result of training.</summary>
/// <param name="Model">The model. It depends only on the data, the options, the seed, and the epoch in which training was stopped.</param>
/// <param name="History">The epochs. They include wall-clock times, so the history is kept apart from the model.</param>
public sealed record SalTrainingResult(SalModel Model, SalTrainingHistory History)
{
    /// <summary>Gets the epoch, from 1, after which the network was that of the model; 0 if the history is empty.</summary>
    public int KeptEpoch { get; init; }

    /// <summary>
    /// Gets the epoch, from 1, in which training was stopped by <see cref="SalTrainingProgress.Stop"/>, or canceled with
    /// <see cref="SalTrainingOptions.KeepModelOnCancellation"/>; null if training was not stopped.
    /// </summary>
    public int? StoppedInEpoch { get; init; }
}
