namespace Sal.Core.Data;

/// <summary>Rows to train on, packed: features row by row in blocks, labels and weights beside them.</summary>
public sealed class TrainingSet
{
    private readonly IReadOnlyList<float[]> _blocks; // each rowsPerBlock x features
    private readonly int _rowsPerBlock;
    private readonly int[] _labels;
    private readonly float[]? _weights;

    internal TrainingSet(int featureCount, int classCount, IReadOnlyList<float[]> blocks, int rowsPerBlock, int[] labels, float[]? weights)
    {
        FeatureCount = featureCount;
        ClassCount = classCount;
        _blocks = blocks;
        _rowsPerBlock = rowsPerBlock;
        _labels = labels;
        _weights = weights;
    }

    /// <summary>Rows.</summary>
    public int RowCount => _labels.Length;

    /// <summary>Features of a row.</summary>
    public int FeatureCount { get; }

    /// <summary>Classes that labels are counted by, from 0 on.</summary>
    public int ClassCount { get; }

    /// <summary>The raw features of a row.</summary>
    internal ReadOnlySpan<float> Features(int row) =>
        _blocks[row / _rowsPerBlock].AsSpan(row % _rowsPerBlock * FeatureCount, FeatureCount);

    /// <summary>The class of a row.</summary>
    internal int Label(int row) => _labels[row];

    /// <summary>The example weight of a row.</summary>
    internal float Weight(int row) => _weights is null ? 1f : _weights[row];
}
