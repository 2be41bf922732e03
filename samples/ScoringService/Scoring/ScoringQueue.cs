using System.Collections.Concurrent;
using ScoringService.Models;

namespace ScoringService.Scoring;

/// <summary>
/// Scores the rows of all requests that wait for one version of a model together: many rows pass through the weights in a fraction of the time that they take one by one.
/// Nothing waits for a batch to fill: the scoring stands in the thread pool's queue behind the requests that have arrived, lets those before it that came meanwhile, and takes
/// what is ready then.
/// </summary>
internal sealed class ScoringQueue(IScorer scorer, InputLayout layout, int classCount) : IThreadPoolWorkItem
{
    // Bounds how long requests wait for those that are scored with them. A request of more rows is scored by itself.
    private const int MaximumRows = 256;

    // So many are scored at nearly the best rate already: more would only wait.
    private const int ManyRows = 64;

    private readonly ConcurrentQueue<ScoringWork> _waiting = [];
    private readonly ConcurrentBag<Batch> _batches = [];
    private int _waitingRows;
    private int _isScheduled;
    private bool _hasLetOthersBefore;

    /// <summary>Scores the work's rows.</summary>
    public ValueTask ScoreAsync(ScoringWork work)
    {
        work.Prepare(classCount);
        ValueTask completion = work.Completion;
        Interlocked.Add(ref _waitingRows, work.Rows.Count);
        _waiting.Enqueue(work);
        Schedule();
        return completion;
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (!_hasLetOthersBefore && Volatile.Read(ref _waitingRows) < ManyRows && ThreadPool.PendingWorkItemCount > 0)
        {
            _hasLetOthersBefore = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return;
        }

        _hasLetOthersBefore = false;
        Interlocked.Exchange(ref _isScheduled, 0); // what comes from here on schedules again, for another thread
        Batch batch = _batches.TryTake(out Batch? pooled) ? pooled : new Batch();
        while (batch.RowCount < MaximumRows && _waiting.TryDequeue(out ScoringWork? work))
        {
            batch.Add(work);
        }

        Interlocked.Add(ref _waitingRows, -batch.RowCount);

        if (!_waiting.IsEmpty)
        {
            Schedule();
        }

        batch.Score(scorer, layout, classCount);
        _batches.Add(batch);
    }

    private void Schedule()
    {
        if (Interlocked.Exchange(ref _isScheduled, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Requests that are scored together.</summary>
    private sealed class Batch
    {
        private readonly List<ScoringWork> _works = [];
        private readonly ScoringWork _all = new();

        public int RowCount { get; private set; }

        public void Add(ScoringWork work)
        {
            _works.Add(work);
            RowCount += work.Rows.Count;
        }

        public void Score(IScorer scorer, InputLayout layout, int classCount)
        {
            try
            {
                if (_works is [ScoringWork single])
                {
                    scorer.Score(single.Rows, single.Probabilities, single.Areas);
                }
                else if (_works.Count > 0)
                {
                    ScoreTogether(scorer, layout, classCount);
                }

                foreach (ScoringWork work in _works)
                {
                    work.Complete();
                }
            }
            catch (Exception exception)
            {
                foreach (ScoringWork work in _works)
                {
                    work.Fail(exception);
                }
            }

            _works.Clear();
            RowCount = 0;
        }

        private void ScoreTogether(IScorer scorer, InputLayout layout, int classCount)
        {
            _all.Rows.Reset(layout);
            foreach (ScoringWork work in _works)
            {
                _all.Rows.Add(work.Rows);
            }

            _all.Prepare(classCount);
            scorer.Score(_all.Rows, _all.Probabilities, _all.Areas);
            int row = 0;
            foreach (ScoringWork work in _works)
            {
                int count = work.Rows.Count;
                _all.Probabilities.Slice(row * classCount, count * classCount).CopyTo(work.Probabilities);
                _all.Areas.Slice(row, count).CopyTo(work.Areas);
                row += count;
            }
        }
    }
}
