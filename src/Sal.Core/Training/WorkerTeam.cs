namespace Sal.Core.Training;

/// <summary>
/// A fixed team of threads, including the caller, that share the items of one job after another. Jobs are short and frequent: workers spin
/// briefly between jobs before they sleep, and a job allocates nothing.
/// </summary>
/// <remarks>Items are assigned to workers in no particular order, so items must not depend on each other.</remarks>
internal sealed class WorkerTeam : IDisposable
{
    private const int SpinsBeforeSleep = 200;

    private readonly Thread[] _threads;
    private readonly object _gate = new(); // sleepers wait on it
    private Action<int, int> _body = static (_, _) => { };
    private Exception? _failure;
    private volatile int _job;
    private int _itemCount;
    private int _nextItem;
    private int _busy;
    private volatile bool _stopping;

    /// <param name="size">The number of workers, including the calling thread.</param>
    public WorkerTeam(int size)
    {
        Size = size;
        _threads = new Thread[size - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int worker = i + 1;
            _threads[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = $"SAL worker {worker}" };
            _threads[i].Start();
        }
    }

    /// <summary>Gets the number of workers, including the calling thread.</summary>
    public int Size { get; }

    /// <summary>Runs body(item, worker) for the items 0 to count - 1 and returns when all are done. Rethrows the first exception.</summary>
    public void Run(int count, Action<int, int> body)
    {
        if (Size == 1 || count == 1)
        {
            for (int item = 0; item < count; item++)
            {
                body(item, 0);
            }

            return;
        }

        _body = body;
        _itemCount = count;
        _nextItem = 0;
        _busy = _threads.Length;
        StartJob();
        TakeItems(0);
        var spin = default(SpinWait);
        while (Volatile.Read(ref _busy) > 0)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        if (_failure is { } failure)
        {
            _failure = null;
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Stops the threads and waits for them.</summary>
    public void Dispose()
    {
        _stopping = true;
        StartJob();
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }
    }

    private void StartJob()
    {
        lock (_gate)
        {
            _job++; // volatile: publishes the fields of the job
            Monitor.PulseAll(_gate);
        }
    }

    private void Work(int worker)
    {
        int done = 0;
        while (true)
        {
            WaitForJobAfter(done);
            if (_stopping)
            {
                return;
            }

            done++;
            TakeItems(worker);
            Interlocked.Decrement(ref _busy);
        }
    }

    private void TakeItems(int worker)
    {
        try
        {
            for (int item = Interlocked.Increment(ref _nextItem) - 1; item < _itemCount; item = Interlocked.Increment(ref _nextItem) - 1)
            {
                _body(item, worker);
            }
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, exception, null);
            Volatile.Write(ref _nextItem, _itemCount);
        }
    }

    private void WaitForJobAfter(int done)
    {
        for (int spins = 0; spins < SpinsBeforeSleep; spins++)
        {
            if (_job != done)
            {
                return;
            }

            Thread.SpinWait(10);
        }

        lock (_gate)
        {
            while (_job == done)
            {
                Monitor.Wait(_gate);
            }
        }
    }
}
