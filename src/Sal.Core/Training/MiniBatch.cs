using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Numerics;

namespace Sal.Core.Training;

/// <summary>
/// The rows of one step, transformed and grouped by area. Each area's group starts at a tile of 8 rows; the rows between groups are
/// padding: zeros without a label, which learn nothing.
/// </summary>
internal sealed class MiniBatch
{
    /// <summary>The label of a padding row.</summary>
    public const int NoLabel = -1;

    private readonly int[] _labels;
    private readonly float[] _weights;
    private readonly Group[] _groups;
    private int _groupCount;

    /// <param name="maximumRows">Rows of a mini-batch.</param>
    /// <param name="maximumGroups">Areas that its rows may belong to.</param>
    public MiniBatch(NetworkShape shape, int maximumRows, int maximumGroups)
    {
        _groups = new Group[Math.Min(maximumRows, maximumGroups)];
        int capacity = PanelMatrix.RoundUp(maximumRows, PanelMatrix.RowTile) + (_groups.Length - 1) * PanelMatrix.RowTile;
        RowCapacity = Math.Max(capacity, PanelMatrix.RowTile);
        Inputs = new InputRows(shape.FeatureCount, RowCapacity, shape.IsSparse);
        _labels = new int[RowCapacity];
        _weights = new float[RowCapacity];
    }

    /// <summary>Rows that learn together: <paramref name="Count"/> of them from <paramref name="Start"/> to <paramref name="PaddedEnd"/>, the rest padding.</summary>
    internal readonly record struct Group(int Area, int Start, int PaddedEnd, int Count);

    /// <summary>rows x features, transformed.</summary>
    public InputRows Inputs { get; }

    /// <summary>Rows that there is room for, padding included.</summary>
    public int RowCapacity { get; }

    /// <summary>Rows without padding.</summary>
    public int RowCount { get; private set; }

    /// <summary>Rows with padding, a multiple of 8.</summary>
    public int PaddedRowCount => _groups[_groupCount - 1].PaddedEnd;

    /// <summary>The areas met, in order.</summary>
    public ReadOnlySpan<Group> Groups => _groups.AsSpan(0, _groupCount);

    /// <summary>All rows as one group, for layers that are not routed.</summary>
    public Group AllRows => new(0, 0, PaddedRowCount, RowCount);

    public int Label(int row) => _labels[row];

    public float Weight(int row) => _weights[row];

    /// <summary>Fills the mini-batch with the rows given, which must be ordered by area.</summary>
    public void Fill(TrainingData data, ReadOnlySpan<int> rows)
    {
        RowCount = rows.Length;
        Inputs.Clear();
        _groupCount = 0;
        int target = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int area = data.Areas[rows[i]];
            if (_groupCount == 0 || _groups[_groupCount - 1].Area != area)
            {
                target = PadTo(PanelMatrix.RoundUp(target, PanelMatrix.RowTile), target);
                _groups[_groupCount++] = new Group(area, target, target, 0);
            }

            ref Group group = ref _groups[_groupCount - 1];
            group = group with { Count = group.Count + 1, PaddedEnd = PanelMatrix.RoundUp(target + 1, PanelMatrix.RowTile) };
            Inputs.Set(target, data.Rows, rows[i], data.Transform);
            _labels[target] = data.Rows.Label(rows[i]);
            _weights[target] = data.Rows.Weight(rows[i]) * data.ClassWeights[_labels[target]];
            target++;
        }

        PadTo(PaddedRowCount, target);
        for (int i = 0; i < _groupCount; i++)
        {
            Inputs.PrepareGroup(i, _groups[i].Start, _groups[i].PaddedEnd);
        }
    }

    private int PadTo(int end, int start)
    {
        for (int row = start; row < end; row++)
        {
            _labels[row] = NoLabel;
            _weights[row] = 0;
        }

        Inputs.SetZeros(start, end);
        return end;
    }
}
