using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Numerics;

namespace Sal.Core.Training;

/// <summary>Scores the validation rows after each epoch.</summary>
internal sealed class Validation(TrainingSet set, InputTransform transform, WorkerTeam team, TrainingLimits limits)
{
    private const int RowsPerBatch = 64;

    private readonly double _weight = Enumerable.Range(0, set.RowCount).Sum(row => (double)set.Weight(row));
    private readonly List<(int Area, int[] Rows)> _batches = [];
    private double[] _losses = [];
    private int[] _hits = [];

    /// <summary>Assigns the rows to areas.</summary>
    public void Route(Router router)
    {
        RowAreas areas = RowAreas.Route(router, set, transform, team, limits);
        _batches.Clear();
        foreach ((int area, int[] rows) in areas.Group(set.RowCount, router.NumberOfAreas).Index())
        {
            _batches.AddRange(rows.Chunk(RowsPerBatch).Select(batch => (area, batch)));
        }

        _losses = new double[_batches.Count];
        _hits = new int[_batches.Count];
    }

    /// <summary>The mean cross-entropy, weighted by example weights, and the share of hits.</summary>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public (double Loss, double Accuracy) Evaluate(SalNetwork network)
    {
        ScoringBuffers[] buffers = [.. Enumerable.Range(0, team.Size).Select(_ => new ScoringBuffers(network.Shape, RowsPerBatch))];
        team.Run(_batches.Count, (item, worker) => Score(network, item, buffers[worker]));
        return (_losses.Sum() / _weight, (double)_hits.Sum() / set.RowCount);
    }

    private void Score(SalNetwork network, int item, ScoringBuffers buffers)
    {
        limits.ThrowIfCancelled();
        (int area, int[] rows) = _batches[item];
        buffers.Input.Clear();
        for (int i = 0; i < rows.Length; i++)
        {
            buffers.Input.Set(i, set, rows[i], transform);
        }

        buffers.Forward(network, area, rows.Length);
        double loss = 0;
        int hits = 0;
        var probabilities = new float[set.ClassCount];
        for (int i = 0; i < rows.Length; i++)
        {
            buffers.Logits.CopyRowTo(i, probabilities);
            Softmax.Apply(probabilities);
            int label = set.Label(rows[i]);
            loss += RowLoss.Of(probabilities, label, set.Weight(rows[i]));
            hits += RowLoss.IsHit(probabilities, label) ? 1 : 0;
        }

        _losses[item] = loss;
        _hits[item] = hits;
    }
}
