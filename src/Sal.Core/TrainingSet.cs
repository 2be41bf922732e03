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

    /// <summary>Gets the number of rows.</summary>
    public int RowCount => _rows?.Length ?? _labels.Length;

    /// <summary>Gets the number of features per row.</summary>
    public int FeatureCount => _features.FeatureCount;

    /// <summary>Gets the number of classes, whether there are rows of each or not. Labels count from 0.</summary>
    public int ClassCount { get; }

    /// <summary>Gets the names of the classes, in the order of the labels; null where they have none.</summary>
    public IReadOnlyList<string>? ClassNames { get; internal init; }

    /// <summary>Gets whether just the values that are not zero are stored.</summary>
    public bool IsSparse => _features.IsSparse;

    /// <summary>Gets the bytes of features that are in temporary files.</summary>
    public long BytesInFiles => _features.Memory.BytesInFiles;

    /// <summary>Gets the class of all rows where they are of one class only; null where there are several classes, or no rows.</summary>
    public int? OnlyClass
    {
        get
        {
            for (int row = 1; row < RowCount; row++)
            {
                if (Label(row) != Label(0))
                {
                    return null;
                }
            }

            return RowCount == 0 ? null : Label(0);
        }
    }

    /// <summary>Removes temporary files. The rows must not be used afterwards.</summary>
    public void Dispose() => _features.Memory.Dispose();

    /// <summary>Creates a set of some of the rows, without a copy of their features.</summary>
    /// <param name="rows">Their numbers in this set, which is not a subset itself.</param>
    internal TrainingSet Subset(int[] rows) => new(ClassCount, _features, _labels, _weights, rows) { ClassNames = ClassNames };

    /// <summary>Gets the raw features of a row: sparse where <see cref="IsSparse"/>, else dense.</summary>
    internal FeatureVector Features(int row) => _features[Place(row)];

    /// <summary>Gets the class of a row.</summary>
    internal int Label(int row) => _labels[Place(row)];

    /// <summary>Gets the example weight of a row.</summary>
    internal float Weight(int row) => _weights is null ? 1f : _weights[Place(row)];

    private int Place(int row) => _rows is null ? row : _rows[row];
}
