using Sal.Core.Model;
using Sal.Core.Network;
using Sal.Core.Numerics;
using Sal.Core.Training.Routing;
using Sal.Core.Training.Step;

namespace Sal.Core.Training;

/// <summary>
/// Runs the epochs of a branch. The rows form streams, each with its own mini-batches: a single stream if all rows share parameters, or one
/// stream per area if areas are independent columns.
/// </summary>
internal sealed class EpochRunner
{
    private readonly SalTrainingOptions _options;
    private readonly TrainingPhase _phase;
    private readonly TrainingData _data;
    private readonly WorkerTeam _team;
    private readonly TrainingLimits _limits;
    private readonly int _batchSize;
    private readonly int[][] _streams; // row indices of each stream
    private readonly int[] _order; // streams, longest first, so that the last one to start is short
    private readonly EpochTotals[] _totals;
    private readonly TrainingStep[] _steps; // one per worker if workers train separate streams, otherwise one that all workers share

    /// <param name="options">The options.</param>
    /// <param name="branch">The branch to train.</param>
    /// <param name="parameterPass">The second half of each step.</param>
    /// <param name="data">The rows to train on, with their areas.</param>
    /// <param name="team">The workers that share the work.</param>
    /// <param name="limits">The limits that can end training early.</param>
    public EpochRunner(
        SalTrainingOptions options, Branch branch, ParameterPass parameterPass, TrainingData data, WorkerTeam team, TrainingLimits limits)
    {
        _options = options;
        _phase = branch.Phase;
        _data = data;
        _team = team;
        _limits = limits;
        NetworkShape shape = branch.Network.Shape;
        int rows = data.Rows.RowCount;
        int[][] groups = data.Areas.Group(rows, shape.NumberOfAreas);
        AreaLoads = [.. groups.Select(group => group.Length)];
        bool isColumns = _phase == TrainingPhase.Routed && shape.RoutedLayers == RoutedLayers.All;
        _streams = isColumns ? groups : [[.. Enumerable.Range(0, rows)]];
        _batchSize = Math.Min((isColumns ? options.AreaBatchSize : options.BatchSize)!.Value, rows);
        _order = [.. Enumerable.Range(0, _streams.Length).OrderByDescending(stream => _streams[stream].Length)];
        _totals = new EpochTotals[_streams.Length];
        _steps = new TrainingStep[_streams.Length >= team.Size ? team.Size : 1];
        for (int i = 0; i < _steps.Length; i++)
        {
            var batch = new MiniBatch(data, shape.IsSparse, _batchSize, maximumGroups: isColumns ? 1 : shape.NumberOfAreas);
            _steps[i] = new TrainingStep(options, branch, parameterPass, batch);
        }
    }

    /// <summary>Gets the number of rows per area.</summary>
    public IReadOnlyList<int> AreaLoads { get; }

    /// <summary>Gets the learning rate at a point of training.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="fraction">The elapsed fraction of the epoch, 0 to 1.</param>
    public double LearningRate(int epoch, double fraction) => _options.Schedule switch
    {
        LearningRateSchedule.Cosine =>
            _options.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * (epoch + fraction) / _options.NumberOfEpochs!.Value)),
        _ => _options.LearningRate,
    };

    /// <summary>Trains an epoch, or the part of it that fits into the time budget.</summary>
    public EpochTotals RunEpoch(int epoch)
    {
        if (_steps.Length == _team.Size)
        {
            _team.Run(_streams.Length, (item, worker) => RunStream(_order[item], epoch, _steps[worker], null));
        }
        else
        {
            foreach (int stream in _order)
            {
                RunStream(stream, epoch, _steps[0], _team);
            }
        }

        var totals = default(EpochTotals);
        foreach (EpochTotals part in _totals)
        {
            totals.Add(part);
        }

        return totals;
    }

    private void RunStream(int stream, int epoch, TrainingStep step, WorkerTeam? team)
    {
        var totals = default(EpochTotals);
        int[] rows = [.. _streams[stream]];
        new KeyedRandom(_options.RandomSeed, RandomPurpose.Shuffle, epoch, stream).Shuffle(rows);
        int batches = (rows.Length + _batchSize - 1) / _batchSize;
        for (int batch = 0; batch < batches && _limits.AllowsMiniBatch(); batch++)
        {
            Span<int> batchRows = rows.AsSpan(batch * _batchSize, Math.Min(_batchSize, rows.Length - batch * _batchSize));
            OrderByArea(batchRows);
            ulong dropoutKey = KeyedRandom.Key(_options.RandomSeed, RandomPurpose.Dropout, epoch, stream, batch);
            step.Run(batchRows, dropoutKey, LearningRate(epoch, (double)batch / batches), team, ref totals);
        }

        _totals[stream] = totals;
    }

    // Within a mini-batch, rows are ordered by area.
    private void OrderByArea(Span<int> rows)
    {
        RowAreas areas = _data.Areas;
        if (_phase == TrainingPhase.Routed && _streams.Length == 1)
        {
            rows.Sort((a, b) => (areas[a], a).CompareTo((areas[b], b)));
        }
    }
}
