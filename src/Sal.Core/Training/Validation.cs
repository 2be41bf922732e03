using Sal.Core.Data;
using Sal.Core.Network;
using Sal.Core.Scoring;
using Sal.Core.Training.Routing;
using Sal.Core.Training.Step;

namespace Sal.Core.Training;

/// <summary>Scores the validation rows after each epoch.</summary>
internal sealed class Validation(TrainingSet set, InputEncoding encoding, WorkerTeam team, TrainingLimits limits)
{
    private const int RowsPerBatch = 64;

    private readonly double _weight = Enumerable.Range(0, set.RowCount).Sum(row => (double)set.Weight(row));
    private readonly List<(int Area, int[] Rows)> _batches = [];
    private readonly AreaScorer?[] _scorers = new AreaScorer?[team.Size];
    private readonly float[][] _probabilities = [.. Enumerable.Range(0, team.Size).Select(_ => new float[set.ClassCount])]; // per worker
    private double[] _losses = [];
    private int[] _correct = [];

    /// <summary>Assigns the rows to areas.</summary>
    public void Route(Router router)
    {
        RowAreas areas = RowAreas.Route(set, router, encoding, team, limits);
        _batches.Clear();
        foreach ((int area, int[] rows) in areas.Group(set.RowCount, router.NumberOfAreas).Index())
        {
            _batches.AddRange(rows.Chunk(RowsPerBatch).Select(batch => (area, batch)));
        }

        _losses = new double[_batches.Count];
        _correct = new int[_batches.Count];
    }

    /// <summary>Computes the mean cross-entropy, weighted by the example weights, and the fraction of correctly classified rows.</summary>
    /// <exception cref="OperationCanceledException">Training was canceled.</exception>
    public (double Loss, double Accuracy) Evaluate(SalNetwork network)
    {
        team.Run(_batches.Count, (item, worker) => Score(network, item, worker));
        return (_losses.Sum() / _weight, (double)_correct.Sum() / set.RowCount);
    }

    private void Score(SalNetwork network, int item, int worker)
    {
        limits.ThrowIfCanceled();
        AreaScorer scorer = _scorers[worker] ??= new AreaScorer(encoding, network.Shape.IsSparse, RowsPerBatch);
        (int area, int[] rows) = _batches[item];
        scorer.Input.Clear();
        for (int i = 0; i < rows.Length; i++)
        {
            scorer.Input.Set(i, set.Features(rows[i]));
        }

        scorer.Score(network, area, rows.Length);
        double loss = 0;
        int correct = 0;
        float[] probabilities = _probabilities[worker];
        for (int i = 0; i < rows.Length; i++)
        {
            scorer.GetProbabilities(i, probabilities);
            int label = set.Label(rows[i]);
            loss += RowLoss.Compute(probabilities, label, set.Weight(rows[i]));
            correct += RowLoss.IsCorrect(probabilities, label) ? 1 : 0;
        }

        _losses[item] = loss;
        _correct[item] = correct;
    }
}
