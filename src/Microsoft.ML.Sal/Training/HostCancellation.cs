using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Combines a token with the cancellation of a host, which can only be polled, into one token.</summary>
internal sealed class HostCancellation : IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(50);

    private readonly IHost _host;
    private readonly CancellationTokenSource _source;
    private readonly Timer _timer;

    public HostCancellation(IHost host, CancellationToken token)
    {
        _host = host;
        _source = CancellationTokenSource.CreateLinkedTokenSource(token);
        _timer = new Timer(_ => Poll(), null, _interval, _interval);
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        using var stopped = new ManualResetEvent(false);
        if (_timer.Dispose(stopped))
        {
            stopped.WaitOne();
        }

        _source.Dispose();
    }

    private void Poll()
    {
        try
        {
            _host.CheckAlive();
        }
        catch (OperationCanceledException)
        {
            _source.Cancel();
        }
    }
}
