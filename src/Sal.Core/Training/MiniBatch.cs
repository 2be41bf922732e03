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

    private readonly int[] _rows; // of the training set
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
        _rows = new int[RowCapacity];
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

    /// <summary>Takes the rows given, which must be ordered by area. Sparse features are read at once, dense ones by <see cref="ReadFeatures"/>.</summary>
    public void Fill(TrainingData data, ReadOnlySpan<int> rows)
    {
        RowCount = rows.Length;
        _groupCount = 0;
        int target = 0;
        foreach (int row in rows)
        {
            int area = data.Areas[row];
            if (_groupCount == 0 || _groups[_groupCount - 1].Area != area)
            {
                target = PadTo(PanelMatrix.RoundUp(target, PanelMatrix.RowTile), target);
                _groups[_groupCount++] = new Group(area, target, target, 0);
            }

            ref Group group = ref _groups[_groupCount - 1];
            group = group with { Count = group.Count + 1, PaddedEnd = PanelMatrix.RoundUp(target + 1, PanelMatrix.RowTile) };
            _rows[target] = row;
            _labels[target] = data.Rows.Label(row);
            _weights[target] = (float)(data.Rows.Weight(row) * data.ClassWeights[_labels[target]]);
            target++;
        }

        PadTo(PaddedRowCount, target);
        if (Inputs.Dense is null)
        {
            Inputs.Clear();
            ReadFeatures(data, 0, PaddedRowCount);
            for (int i = 0; i < _groupCount; i++)
            {
                Inputs.PrepareGroup(i, _groups[i].Start, _groups[i].PaddedEnd);
            }
        }
    }

    /// <summary>Reads and transforms the features of some rows. Rows of dense input may be read side by side.</summary>
    public void ReadFeatures(TrainingData data, int rowStart, int rowEnd)
    {
        for (int row = rowStart; row < rowEnd; row++)
        {
            if (_labels[row] == NoLabel)
            {
                Inputs.SetZeros(row);
            }
            else
            {
                Inputs.Set(row, data.Rows, _rows[row], data.Transform);
            }
        }
    }

    private int PadTo(int end, int start)
    {
        for (int row = start; row < end; row++)
        {
            _labels[row] = NoLabel;
            _weights[row] = 0;
        }

        return end;
    }
}
