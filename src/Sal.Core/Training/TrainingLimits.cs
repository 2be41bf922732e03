using System.Diagnostics;

namespace Sal.Core.Training;

/// <summary>What can end training before its last epoch: looked at before every mini-batch, and now and then in the work between epochs.</summary>
internal sealed class TrainingLimits(double? timeBudgetSeconds, CancellationToken cancellationToken)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Limits that are never met.</summary>
    public static TrainingLimits None { get; } = new(timeBudgetSeconds: null, CancellationToken.None);

    /// <summary>Whether the time budget is used up.</summary>
    public bool IsTimeUp => Stopwatch.GetElapsedTime(_start).TotalSeconds > timeBudgetSeconds;

    /// <summary>For work that a cancelled run need not finish, but that the time budget cannot leave half done.</summary>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public void ThrowIfCancelled() => cancellationToken.ThrowIfCancellationRequested();

    /// <summary>Whether another mini-batch may run.</summary>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public bool AllowsMiniBatch()
    {
        ThrowIfCancelled();
        return !IsTimeUp;
    }
}
