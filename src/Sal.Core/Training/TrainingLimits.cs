using System.Diagnostics;

namespace Sal.Core.Training;

/// <summary>What can end training before its last epoch, looked at before every mini-batch.</summary>
internal sealed class TrainingLimits(double? timeBudgetSeconds, CancellationToken cancellationToken)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Whether the time budget is used up.</summary>
    public bool IsTimeUp => Stopwatch.GetElapsedTime(_start).TotalSeconds > timeBudgetSeconds;

    /// <summary>Whether another mini-batch may run.</summary>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public bool AllowsMiniBatch()
    {
        cancellationToken.ThrowIfCancellationRequested();
        return !IsTimeUp;
    }
}
