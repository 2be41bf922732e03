using Sal.Core.Data;

namespace Sal.Core.Training;

/// <summary>
/// Receives what happens during <see cref="SalTrainer.Train(TrainingSet, TrainingSet?, Model.SalModel?, ISalTrainingObserver, CancellationToken)"/>,
/// on the training thread.
/// </summary>
public interface ISalTrainingObserver
{
    /// <summary>Receives the decisions made before the first epoch.</summary>
    void OnStarted(SalTrainingStart start)
    {
    }

    /// <summary>Receives the figures of each epoch when it ends.</summary>
    void OnEpochEnded(SalTrainingProgress progress)
    {
    }

    /// <summary>Receives warnings about recoverable problems, such as a checkpoint that cannot be written.</summary>
    void OnWarning(string message)
    {
    }
}
