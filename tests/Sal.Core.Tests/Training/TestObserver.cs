using Sal.Core.Training;

namespace Sal.Core.Tests.Training;

/// <summary>Passes the events of a training to the callbacks of a test.</summary>
internal sealed class TestObserver : ISalTrainingObserver
{
    public Action<SalTrainingStart>? Started { get; init; }

    public Action<SalTrainingProgress>? EpochEnded { get; init; }

    public Action<string>? Warned { get; init; }

    void ISalTrainingObserver.OnStarted(SalTrainingStart start) => Started?.Invoke(start);

    void ISalTrainingObserver.OnEpochEnded(SalTrainingProgress progress) => EpochEnded?.Invoke(progress);

    void ISalTrainingObserver.OnWarning(string message) => Warned?.Invoke(message);
}
