namespace Sal.Core.Data;

/// <summary>
/// Rows to train on, packed: features in a store, labels and weights beside them. Dispose it where rows may have gone to temporary files
/// (see <see cref="TrainingSetBuilder"/>); they go with it.
/// </summary>
public sealed class TrainingSet : IDisposable
{
    private readonly RowStore _features;
    private readonly int[] _labels;
    private readonly float[]? _weights;
    private readonly int[]? _rows; // the rows of a subset, by their numbers in the whole

    internal TrainingSet(int classCount, RowStore features, int[] labels, float[]? weights, int[]? rows = null)
    {
        ClassCount = classCount;
        _features = features;
        _labels = labels;
        _weights = weights;
        _rows = rows;
    }

    /// <summary>Rows.</summary>
    public int RowCount => _rows?.Length ?? _labels.Length;

    /// <summary>Features of a row.</summary>
    public int FeatureCount => _features.FeatureCount;

    /// <summary>Classes that labels are counted by, from 0 on.</summary>
    public int ClassCount { get; }

    /// <summary>Whether just the values that are not zero are stored.</summary>
    public bool IsSparse => _features.IsSparse;

    /// <summary>Bytes of features that are in temporary files.</summary>
    public long BytesInFiles => _features.Memory.BytesInFiles;

    /// <summary>Removes temporary files. The rows must not be used any more.</summary>
    public void Dispose() => _features.Memory.Dispose();

    /// <summary>Some of the rows, without a copy of their features.</summary>
    /// <param name="rows">Their numbers in this set, which is not a subset itself.</param>
    internal TrainingSet Subset(int[] rows) => new(ClassCount, _features, _labels, _weights, rows);

    /// <summary>The raw features of a row of a dense set.</summary>
    internal ReadOnlySpan<float> Features(int row) => ((DenseRowStore)_features).Features(Place(row));

    /// <summary>The features of a row of a sparse set that are not zero.</summary>
    internal ReadOnlySpan<int> Indices(int row) => ((SparseRowStore)_features).Indices(Place(row));

    /// <summary>The raw values of a row of a sparse set that are not zero.</summary>
    internal ReadOnlySpan<float> Values(int row) => ((SparseRowStore)_features).Values(Place(row));

    /// <summary>The class of a row.</summary>
    internal int Label(int row) => _labels[Place(row)];

    /// <summary>The example weight of a row.</summary>
    internal float Weight(int row) => _weights is null ? 1f : _weights[Place(row)];

    private int Place(int row) => _rows is null ? row : _rows[row];
}
