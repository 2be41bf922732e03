using Sal.Core.Network;
using Sal.Core.Numerics;
using Sal.Core.Training.Optimizers;

namespace Sal.Core.Training.Step;

/// <summary>
/// The steps of one worker: a mini-batch passes through the network (in parallel over rows), then the parameters are updated (in parallel
/// over units).
/// </summary>
internal sealed class TrainingStep
{
    private readonly SalNetwork _network;
    private readonly NetworkMoments _moments;
    private readonly ParameterPass _parameterPass;
    private readonly MiniBatch _batch;
    private readonly StepBuffers _buffers;
    private readonly RowPass _rowPass;
    private readonly int _itemsPerGroup;
    private readonly Action<int, int> _runRows;
    private readonly Action<int, int> _updateUnits;
    private int _rowsPerItem;
    private ulong _dropoutKey;
    private double _learningRate;

    /// <param name="options">The training options.</param>
    /// <param name="branch">The network to train and its optimizer state.</param>
    /// <param name="parameterPass">The second half of each step.</param>
    /// <param name="batch">The mini-batch to fill.</param>
    public TrainingStep(SalTrainingOptions options, Branch branch, ParameterPass parameterPass, MiniBatch batch)
    {
        _network = branch.Network;
        _moments = branch.Moments;
        _parameterPass = parameterPass;
        _batch = batch;
        _buffers = new StepBuffers(options, _network.Shape, batch);
        _rowPass = new RowPass(options, _network, batch, _buffers);
        _itemsPerGroup = (_buffers.Delta[0].PanelCount + ParameterPass.PanelsPerItem - 1) / ParameterPass.PanelsPerItem;
        _runRows = RunRows;
        _updateUnits = UpdateUnits;
    }

    /// <summary>Trains on some rows, ordered by area, and adds their results to the totals.</summary>
    /// <param name="rows">The indices of the rows in the training set.</param>
    /// <param name="dropoutKey">The key of the mini-batch's dropout draws.</param>
    /// <param name="learningRate">The current learning rate.</param>
    /// <param name="team">The workers that share the step; null to use only the calling thread.</param>
    /// <param name="totals">The totals of the epoch.</param>
    public void Run(ReadOnlySpan<int> rows, ulong dropoutKey, double learningRate, WorkerTeam? team, ref EpochTotals totals)
    {
        _batch.Fill(rows);
        _dropoutKey = dropoutKey;
        _learningRate = learningRate;
        int updates = UpdateItemCount();
        if (team is null)
        {
            _rowsPerItem = _batch.PaddedRowCount;
            RunRows(0, 0);
            for (int item = 0; item < updates; item++)
            {
                UpdateUnits(item, 0);
            }
        }
        else
        {
            // One piece per worker, so that the weights pass through its cache only once.
            _rowsPerItem = PanelMatrix.RoundUp((_batch.PaddedRowCount + team.Size - 1) / team.Size, PanelMatrix.RowTile);
            team.Run((_batch.PaddedRowCount + _rowsPerItem - 1) / _rowsPerItem, _runRows);
            team.Run(updates, _updateUnits);
        }

        CountSteps();
        AddTotals(ref totals);
    }

    // The groups that the areas of a layer learn from: those of the mini-batch, or a single group of all rows if the layer is not routed.
    private int GroupCount(int layer) => _network.Shape.AreaCount(layer) == 1 ? 1 : _batch.Groups.Length;

    private MiniBatch.Group GroupOf(int layer, int index) =>
        _network.Shape.AreaCount(layer) == 1 ? _batch.AllRows : _batch.Groups[index];

    private int UpdateItemCount()
    {
        int count = 0;
        for (int layer = 0; layer < _network.Shape.NumberOfLayers; layer++)
        {
            count += GroupCount(layer) * _itemsPerGroup;
        }

        return count;
    }

    private void RunRows(int item, int worker)
    {
        int start = item * _rowsPerItem;
        _rowPass.Run(new Interval(start, Math.Min(start + _rowsPerItem, _batch.PaddedRowCount)), _dropoutKey);
    }

    private void UpdateUnits(int item, int worker)
    {
        int layer = 0;
        for (; item >= GroupCount(layer) * _itemsPerGroup; layer++)
        {
            item -= GroupCount(layer) * _itemsPerGroup;
        }

        MiniBatch.Group group = GroupOf(layer, item / _itemsPerGroup);
        int panel = item % _itemsPerGroup * ParameterPass.PanelsPerItem;
        PanelMatrix delta = _buffers.Delta[layer];
        _parameterPass.Run(new UnitUpdate
        {
            Parameters = _network[layer, group.Area],
            Moments = _moments[layer, group.Area],
            Group = group,
            Units = new Interval(panel, Math.Min(panel + ParameterPass.PanelsPerItem, delta.PanelCount)),
            Input = _buffers.Input(layer),
            Hidden = _buffers.Hidden(layer),
            Delta = delta,
            Error = _buffers.ReadoutError[layer],
            LearningRate = _learningRate,
        });
    }

    private void CountSteps()
    {
        for (int layer = 0; layer < _network.Shape.NumberOfLayers; layer++)
        {
            for (int i = 0; i < GroupCount(layer); i++)
            {
                _moments[layer, GroupOf(layer, i).Area].Steps++;
            }
        }
    }

    private void AddTotals(ref EpochTotals totals)
    {
        for (int row = 0; row < _batch.PaddedRowCount; row++)
        {
            if (_batch.Label(row) != MiniBatch.NoLabel)
            {
                totals.Add(_buffers.RowLoss[row], _batch.Weight(row), _buffers.RowIsCorrect[row]);
            }
        }
    }
}
