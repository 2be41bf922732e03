using Sal.Core.Data;
using Sal.Core.Numerics;

namespace Sal.Core.Training.Step;

/// <summary>
/// The rows of one step, transformed and grouped by area. Each group starts at a multiple of 8 rows. The rows between groups are padding:
/// zeros without a label, which contribute nothing.
/// </summary>
internal sealed class MiniBatch
{
    /// <summary>The label of a padding row.</summary>
    public const int NoLabel = -1;

    private readonly TrainingData _data;
    private readonly int[] _rows; // indices into the training set
    private readonly int[] _labels;
    private readonly float[] _weights;
    private readonly Group[] _groups;
    private int _groupCount;

    /// <param name="data">The training rows.</param>
    /// <param name="isSparse">Whether the network reads sparse rows.</param>
    /// <param name="maximumRows">The maximum number of rows per mini-batch.</param>
    /// <param name="maximumGroups">The maximum number of areas per mini-batch.</param>
    public MiniBatch(TrainingData data, bool isSparse, int maximumRows, int maximumGroups)
    {
        _data = data;
        _groups = new Group[Math.Min(maximumRows, maximumGroups)];
        int capacity = PanelMatrix.RoundUp(maximumRows, PanelMatrix.RowTile) + (_groups.Length - 1) * PanelMatrix.RowTile;
        RowCapacity = Math.Max(capacity, PanelMatrix.RowTile);
        Inputs = new InputRows(data.Encoding, RowCapacity, isSparse);
        _rows = new int[RowCapacity];
        _labels = new int[RowCapacity];
        _weights = new float[RowCapacity];
    }

    /// <summary>Rows that train the same area.</summary>
    /// <param name="Index">The position of the group in the mini-batch.</param>
    /// <param name="Area">The area of the rows.</param>
    /// <param name="Rows">The rows, including padding: whole tiles.</param>
    /// <param name="Count">The number of rows without padding.</param>
    internal readonly record struct Group(int Index, int Area, Interval Rows, int Count);

    /// <summary>Gets the rows, rows x features, transformed.</summary>
    public InputRows Inputs { get; }

    /// <summary>Gets the row capacity, including padding.</summary>
    public int RowCapacity { get; }

    /// <summary>Gets the number of rows, without padding.</summary>
    public int RowCount { get; private set; }

    /// <summary>Gets the number of rows, including padding; a multiple of 8.</summary>
    public int PaddedRowCount => _groups[_groupCount - 1].Rows.End;

    /// <summary>Gets the groups, one per area, in order.</summary>
    public ReadOnlySpan<Group> Groups => _groups.AsSpan(0, _groupCount);

    /// <summary>Gets all rows as one group, for layers that are not routed.</summary>
    public Group AllRows => new(0, 0, Interval.First(PaddedRowCount), RowCount);

    public int Label(int row) => _labels[row];

    public float Weight(int row) => _weights[row];

    /// <summary>
    /// Fills the mini-batch with rows, which must be ordered by area. Their features are read here if rows must be set in order, otherwise
    /// by <see cref="ReadFeatures"/>.
    /// </summary>
    public void Fill(ReadOnlySpan<int> rows)
    {
        RowCount = rows.Length;
        _groupCount = 0;
        int target = 0;
        foreach (int row in rows)
        {
            int area = _data.Areas[row];
            if (_groupCount == 0 || _groups[_groupCount - 1].Area != area)
            {
                target = PadTo(PanelMatrix.RoundUp(target, PanelMatrix.RowTile), target);
                _groups[_groupCount] = new Group(_groupCount, area, new Interval(target, target), 0);
                _groupCount++;
            }

            ref Group group = ref _groups[_groupCount - 1];
            group = group with
            {
                Count = group.Count + 1,
                Rows = group.Rows with { End = PanelMatrix.RoundUp(target + 1, PanelMatrix.RowTile) },
            };
            _rows[target] = row;
            _labels[target] = _data.Rows.Label(row);
            _weights[target] = (float)(_data.Rows.Weight(row) * _data.ClassWeights[_labels[target]]);
            target++;
        }

        PadTo(PaddedRowCount, target);
        if (!Inputs.HasIndependentRows)
        {
            Inputs.Clear();
            Read(Interval.First(PaddedRowCount));
            foreach (Group group in Groups)
            {
                Inputs.Operand.PrepareGroup(group.Index, group.Rows);
            }
        }
    }

    /// <summary>
    /// Reads and transforms the features of some rows, unless <see cref="Fill"/> has already done so. May be called in parallel.
    /// </summary>
    public void ReadFeatures(Interval rows)
    {
        if (Inputs.HasIndependentRows)
        {
            Read(rows);
        }
    }

    private void Read(Interval rows)
    {
        for (int row = rows.Start; row < rows.End; row++)
        {
            if (_labels[row] == NoLabel)
            {
                Inputs.SetZeros(row);
            }
            else
            {
                Inputs.Set(row, _data.Rows.Features(_rows[row]));
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
