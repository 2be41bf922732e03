using System.Diagnostics;

namespace Sal.Core.Training;

/// <summary>
/// The limits that can end training early. They are checked before each mini-batch, and periodically during the work between epochs.
/// </summary>
internal sealed class TrainingLimits(double? timeBudgetSeconds, CancellationToken cancellationToken)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private volatile bool _isStopped;

    /// <summary>Gets limits that are never reached.</summary>
    public static TrainingLimits None { get; } = new(timeBudgetSeconds: null, CancellationToken.None);

    /// <summary>Gets the token that cancels training.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Gets whether the time budget is used up.</summary>
    public bool IsTimeUp => Stopwatch.GetElapsedTime(_start).TotalSeconds > timeBudgetSeconds;

    /// <summary>Gets whether training is to end with the epoch that is being trained.</summary>
    public bool IsStopped => _isStopped;

    /// <summary>Asks training to end with the epoch that is being trained. Can be called from any thread.</summary>
    public void Stop() => _isStopped = true;

    /// <summary>
    /// Throws if training was canceled. For work that need not finish after a cancellation, but that the time budget must not interrupt.
    /// </summary>
    /// <exception cref="OperationCanceledException">Training was canceled.</exception>
    public void ThrowIfCanceled() => cancellationToken.ThrowIfCancellationRequested();

    /// <summary>Gets whether another mini-batch may run.</summary>
    /// <exception cref="OperationCanceledException">Training was canceled.</exception>
    public bool AllowsMiniBatch()
    {
        ThrowIfCanceled();
        return !IsTimeUp;
    }
}
