namespace Sal.Core.Data;

/// <summary>Rows to train on, packed: features row by row in blocks, labels and weights beside them.</summary>
public sealed class TrainingSet
{
    private readonly IReadOnlyList<float[]> _blocks; // each rowsPerBlock x features
    private readonly int _rowsPerBlock;
    private readonly int[] _labels;
    private readonly float[]? _weights;
    private readonly int[]? _rows; // the rows of a subset, by their numbers in the whole

    internal TrainingSet(int featureCount, int classCount, IReadOnlyList<float[]> blocks, int rowsPerBlock, int[] labels, float[]? weights)
    {
        FeatureCount = featureCount;
        ClassCount = classCount;
        _blocks = blocks;
        _rowsPerBlock = rowsPerBlock;
        _labels = labels;
        _weights = weights;
    }

    private TrainingSet(TrainingSet whole, int[] rows)
        : this(whole.FeatureCount, whole.ClassCount, whole._blocks, whole._rowsPerBlock, whole._labels, whole._weights)
    {
        _rows = rows;
    }

    /// <summary>Rows.</summary>
    public int RowCount => _rows?.Length ?? _labels.Length;

    /// <summary>Features of a row.</summary>
    public int FeatureCount { get; }

    /// <summary>Classes that labels are counted by, from 0 on.</summary>
    public int ClassCount { get; }

    /// <summary>Some of the rows, without a copy of their features.</summary>
    /// <param name="rows">Their numbers in this set, which is not a subset itself.</param>
    internal TrainingSet Subset(int[] rows) => new(this, rows);

    /// <summary>The raw features of a row.</summary>
    internal ReadOnlySpan<float> Features(int row)
    {
        int place = Place(row);
        return _blocks[place / _rowsPerBlock].AsSpan(place % _rowsPerBlock * FeatureCount, FeatureCount);
    }

    /// <summary>The class of a row.</summary>
    internal int Label(int row) => _labels[Place(row)];

    /// <summary>The example weight of a row.</summary>
    internal float Weight(int row) => _weights is null ? 1f : _weights[Place(row)];

    private int Place(int row) => _rows is null ? row : _rows[row];
}
