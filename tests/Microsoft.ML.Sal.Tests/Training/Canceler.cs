using System.Diagnostics;
using Sal.Core.Training;

namespace Microsoft.ML.Sal.Tests.Training;

/// <summary>Cancels from another thread, some time after a signal, which may be a progress report.</summary>
internal sealed class Canceler : IProgress<SalTrainingProgress>, IDisposable
{
    private readonly ManualResetEventSlim _signal = new();
    private readonly Func<SalEpoch, bool> _isSignal;
    private readonly Thread _thread;
    private long _canceled;
    private volatile bool _isGivenUp;

    /// <param name="delay">The time between the signal and the cancellation.</param>
    /// <param name="cancel">The action that cancels.</param>
    /// <param name="isSignal">Whether the end of an epoch is the signal.</param>
    public Canceler(TimeSpan delay, Action cancel, Func<SalEpoch, bool> isSignal)
    {
        _isSignal = isSignal;
        _thread = new Thread(() =>
        {
            _signal.Wait();
            Thread.Sleep(delay);
            if (!_isGivenUp)
            {
                Volatile.Write(ref _canceled, Stopwatch.GetTimestamp());
                cancel();
            }
        })
        { Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>Gets the time since the cancellation, or null if there was none.</summary>
    public TimeSpan? Elapsed => Volatile.Read(ref _canceled) is var start and not 0 ? Stopwatch.GetElapsedTime(start) : null;

    public void Signal() => _signal.Set();

    public void Report(SalTrainingProgress value)
    {
        if (_isSignal(value.Epoch))
        {
            Signal();
        }
    }

    public void Dispose()
    {
        _isGivenUp = true;
        _signal.Set();
        _thread.Join();
        _signal.Dispose();
    }
}
