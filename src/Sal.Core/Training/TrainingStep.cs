using Sal.Core.Model;
using Sal.Core.Numerics;

namespace Sal.Core.Training;

/// <summary>
/// One worker's steps: a mini-batch through the network (rows side by side), then the update (units side by side).
/// </summary>
internal sealed class TrainingStep
{
    private readonly SalNetwork _network;
    private readonly NetworkMoments _moments;
    private readonly RowPass _rowPass;
    private readonly ParameterPass _parameterPass;
    private readonly MiniBatch _batch;
    private readonly StepBuffers _buffers;
    private readonly int _itemsPerGroup;
    private readonly Action<int, int> _runRows;
    private readonly Action<int, int> _updateUnits;
    private TrainingData? _data;
    private int _rowsPerItem;
    private ulong _dropoutKey;
    private double _learningRate;

    public TrainingStep(
        SalTrainingOptions options, SalNetwork network, NetworkMoments moments, ParameterPass parameterPass, int batchSize, int areasPerBatch)
    {
        _network = network;
        _moments = moments;
        _rowPass = new RowPass(options);
        _parameterPass = parameterPass;
        _batch = new MiniBatch(network.Shape, batchSize, areasPerBatch);
        _buffers = new StepBuffers(network.Shape, options.Rule, options.FinalErrorShare, _batch.RowCapacity);
        _itemsPerGroup = (_buffers.Delta[0].PanelCount + ParameterPass.PanelsPerItem - 1) / ParameterPass.PanelsPerItem;
        _runRows = RunRows;
        _updateUnits = UpdateUnits;
    }

    /// <summary>Trains on the rows given, ordered by area, and adds what they gave to the totals.</summary>
    /// <param name="team">Who shares the work of the step; null for the calling thread alone.</param>
    public void Run(
        TrainingData data, ReadOnlySpan<int> rows, ulong dropoutKey, double learningRate, WorkerTeam? team, ref EpochTotals totals)
    {
        _batch.Fill(data, rows);
        _data = data;
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
            // One piece for each worker, so that the weights pass through its cache once.
            _rowsPerItem = PanelMatrix.RoundUp((_batch.PaddedRowCount + team.Size - 1) / team.Size, PanelMatrix.RowTile);
            team.Run((_batch.PaddedRowCount + _rowsPerItem - 1) / _rowsPerItem, _runRows);
            team.Run(updates, _updateUnits);
        }

        CountSteps();
        AddTotals(ref totals);
    }

    // The groups that a layer's areas learn from: the mini-batch's, or one of all rows where the layer is not routed.
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
        _rowPass.Run(_network, _data!, _batch, _buffers, _dropoutKey, start, Math.Min(start + _rowsPerItem, _batch.PaddedRowCount));
    }

    private void UpdateUnits(int item, int worker)
    {
        int layer = 0;
        for (; item >= GroupCount(layer) * _itemsPerGroup; layer++)
        {
            item -= GroupCount(layer) * _itemsPerGroup;
        }

        int groupIndex = item / _itemsPerGroup;
        MiniBatch.Group group = GroupOf(layer, groupIndex);
        _parameterPass.Run(
            _network[layer, group.Area], _moments[layer, group.Area], group, groupIndex,
            layer == 0 ? _batch.Inputs : _buffers.HiddenInputs[layer - 1], _buffers, layer,
            item % _itemsPerGroup * ParameterPass.PanelsPerItem, _learningRate);
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
