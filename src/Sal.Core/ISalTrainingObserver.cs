using Sal.Core.Data;

namespace Sal.Core.Training;

/// <summary>
/// Receives the events of
/// <see cref="SalTrainer.Train(TrainingSet, TrainingSet?, Model.SalModel?, ISalTrainingObserver, CancellationToken)"/>, on the thread that
/// called it.
/// </summary>
public interface ISalTrainingObserver
{
    /// <summary>Receives the results of a candidate, if epochs, dropout and weight decay are chosen on held-out rows.</summary>
    void OnCandidate(SalTrainingCandidate candidate)
    {
    }

    /// <summary>Receives the decisions made before the first epoch.</summary>
    void OnStarted(SalTrainingStart start)
    {
    }

    /// <summary>Receives the results of each epoch when it ends.</summary>
    void OnEpochEnded(SalTrainingProgress progress)
    {
    }

    /// <summary>Receives warnings about recoverable problems, such as a checkpoint that cannot be written.</summary>
    void OnWarning(string message)
    {
    }
}
