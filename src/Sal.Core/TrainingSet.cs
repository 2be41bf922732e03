namespace Sal.Core.Data;

/// <summary>
/// A packed set of training rows: features, labels and weights. Dispose of it if rows may have been moved to temporary files (see
/// <see cref="TrainingSetBuilder"/>), which are then deleted.
/// </summary>
public sealed class TrainingSet : IDisposable
{
    private readonly RowStore _features;
    private readonly int[] _labels;
    private readonly float[]? _weights;
    private readonly int[]? _rows; // the rows of a subset, as indices into the whole set

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

    /// <summary>Gets the number of classes, including classes without rows. Labels run from 0 to <see cref="ClassCount"/> - 1.</summary>
    public int ClassCount { get; }

    /// <summary>Gets the names of the classes, in the order of the labels; null where they have none.</summary>
    public IReadOnlyList<string>? ClassNames { get; internal init; }

    /// <summary>Gets whether only the nonzero values are stored.</summary>
    public bool IsSparse => _features.IsSparse;

    /// <summary>Gets the number of bytes of features stored in temporary files.</summary>
    public long BytesInFiles => _features.Memory.BytesInFiles;

    /// <summary>Gets the class of all rows if they are all of the same class; null if there are several classes or no rows.</summary>
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

    /// <summary>Deletes the temporary files. The rows must not be used afterwards.</summary>
    public void Dispose() => _features.Memory.Dispose();

    /// <summary>Creates a subset of the rows that shares their features.</summary>
    /// <param name="rows">The indices of the rows in this set.</param>
    internal TrainingSet Subset(int[] rows) =>
        new(ClassCount, _features, _labels, _weights, [.. rows.Select(IndexOf)]) { ClassNames = ClassNames };

    /// <summary>Gets the raw features of a row, in sparse form if <see cref="IsSparse"/>, otherwise in dense form.</summary>
    internal FeatureVector Features(int row) => _features[IndexOf(row)];

    /// <summary>Gets the class of a row.</summary>
    internal int Label(int row) => _labels[IndexOf(row)];

    /// <summary>Gets the example weight of a row.</summary>
    internal float Weight(int row) => _weights is null ? 1f : _weights[IndexOf(row)];

    private int IndexOf(int row) => _rows is null ? row : _rows[row];
}
