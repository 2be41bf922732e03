using Sal.Core.Network;

namespace Sal.Core.Data;

/// <summary>
/// Collects rows for training. Rows that cannot be learned from are skipped and counted. If rows have many features of which few are
/// nonzero, they are stored in sparse form, whether they are added sparse or dense. Rows beyond the memory budget are moved to temporary
/// files and read from there in each epoch, with the same result. Dispose of the builder if the budget may be exceeded, so that rows that
/// never become a set leave no files behind.
/// </summary>
public sealed class TrainingSetBuilder : IDisposable
{
    /// <summary>The maximum number of features per row.</summary>
    public const int MaximumFeatureCount = NetworkLimits.Features;

    /// <summary>The maximum number of classes.</summary>
    public const int MaximumClassCount = NetworkLimits.Classes;

    private const int MinimumSparseFeatures = 512;
    private const double MaximumSparseDensity = 0.1;
    private const int RowsThatDecide = 1_024;

    private RowStore _features;
    private readonly List<int> _labels = [];
    private readonly List<float> _weights = [];
    private bool _isWeighted;
    private bool _isBuilt;

    /// <summary>Creates a builder with no rows.</summary>
    /// <param name="featureCount">The number of features per row, 1 to <see cref="MaximumFeatureCount"/>.</param>
    /// <param name="classCount">The number of classes, 1 to <see cref="MaximumClassCount"/>; labels are 0 to classCount - 1.</param>
    /// <param name="memoryBudget">
    /// The number of bytes of features to keep in memory, at least 0; null for half of what the machine or its container allows.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public TrainingSetBuilder(int featureCount, int classCount, long? memoryBudget = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(memoryBudget ?? 0, nameof(memoryBudget));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(featureCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(featureCount, MaximumFeatureCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classCount, MaximumClassCount);
        FeatureCount = featureCount;
        ClassCount = classCount;
        var memory = new RowMemory(memoryBudget ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);
        _features = featureCount >= MinimumSparseFeatures
            ? new SparseRowStore(featureCount, memory)
            : new DenseRowStore(featureCount, memory);
    }

    /// <summary>Gets the number of features per row.</summary>
    public int FeatureCount { get; }

    /// <summary>Gets the number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>
    /// Gets the names of the classes, in the order of the labels; null for none. A checkpoint remembers them, so that training does not
    /// resume with other classes.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Gets the number of rows accepted so far.</summary>
    public int RowCount => _labels.Count;

    /// <summary>Gets the number of rows skipped because their label is missing (negative).</summary>
    public long SkippedMissingLabel { get; private set; }

    /// <summary>
    /// Gets the number of rows skipped because their weight is NaN, infinite or negative. Rows with weight 0 are left out without being
    /// counted, because that is what the weight means.
    /// </summary>
    public long SkippedUnusableWeight { get; private set; }

    /// <summary>Gets the number of rows skipped for any of these reasons.</summary>
    public long SkippedRows => SkippedMissingLabel + SkippedUnusableWeight;

    /// <summary>Adds a copy of a dense row.</summary>
    /// <param name="features">The features of the row.</param>
    /// <param name="label">The class of the row, from 0; negative if the label is missing.</param>
    /// <param name="weight">The weight of the row in the loss.</param>
    /// <returns>Whether the row was accepted.</returns>
    /// <exception cref="ArgumentException">The row has the wrong number of features.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The label is not below <see cref="ClassCount"/>.</exception>
    public bool TryAdd(ReadOnlySpan<float> features, int label, float weight = 1f) => TryAdd(new FeatureVector(features), label, weight);

    /// <summary>Adds a copy of a sparse row.</summary>
    /// <param name="indices">The indices of the nonzero features, ascending, each below <see cref="FeatureCount"/>.</param>
    /// <param name="values">The values of these features.</param>
    /// <param name="label">The class of the row, from 0; negative if the label is missing.</param>
    /// <param name="weight">The weight of the row in the loss.</param>
    /// <returns>Whether the row was accepted.</returns>
    /// <exception cref="ArgumentException">The spans differ in length, or the indices are not ascending or out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The label is not below <see cref="ClassCount"/>.</exception>
    public bool TryAdd(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, int label, float weight = 1f) =>
        TryAdd(new FeatureVector(FeatureCount, indices, values), label, weight);

    /// <summary>Adds a copy of a row.</summary>
    /// <param name="features">The features of the row.</param>
    /// <param name="label">The class of the row, from 0; negative if the label is missing.</param>
    /// <param name="weight">The weight of the row in the loss.</param>
    /// <returns>Whether the row was accepted.</returns>
    /// <exception cref="ArgumentException">The row has the wrong number of features.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The label is not below <see cref="ClassCount"/>.</exception>
    public bool TryAdd(in FeatureVector features, int label, float weight = 1f)
    {
        if (features.Length != FeatureCount)
        {
            throw new ArgumentException(
                $"The row has {features.Length} features, but the training set has {FeatureCount}.", nameof(features));
        }

        if (!Accepts(label, weight))
        {
            return false;
        }

        _features.Add(in features);
        _labels.Add(label);
        _weights.Add(weight);
        _isWeighted |= weight != 1f;
        if (RowCount == RowsThatDecide)
        {
            ChooseStore();
        }

        return true;
    }

    /// <summary>Creates a set of the rows accepted so far.</summary>
    public TrainingSet Build()
    {
        ChooseStore();
        _isBuilt = true;
        return new TrainingSet(ClassCount, _features, [.. _labels], _isWeighted ? [.. _weights] : null) { ClassNames = ClassNames };
    }

    /// <summary>Deletes the temporary files, unless they belong to a set that was built.</summary>
    public void Dispose()
    {
        if (!_isBuilt)
        {
            _features.Memory.Dispose();
        }
    }

    private bool Accepts(int label, float weight)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, ClassCount);
        if (label < 0)
        {
            SkippedMissingLabel++;
            return false;
        }

        if (!float.IsFinite(weight) || weight < 0)
        {
            SkippedUnusableWeight++;
            return false;
        }

        return weight > 0;
    }

    // The first rows, or all rows if there are fewer, decide whether sparse storage pays off.
    private void ChooseStore()
    {
        if (_features is not SparseRowStore sparse || RowCount > RowsThatDecide
            || sparse.EntryCount <= MaximumSparseDensity * FeatureCount * RowCount)
        {
            return;
        }

        _features = new DenseRowStore(FeatureCount, sparse.Memory);
        for (int row = 0; row < RowCount; row++)
        {
            _features.Add(sparse[row]);
        }
    }
}
