using System.Numerics.Tensors;
using Sal.Core.Network;

namespace Sal.Core.Data;

/// <summary>
/// Collects rows for training. A row that cannot be learned from is skipped and counted. Rows of many features are stored sparse where few of
/// their values are other than zero, whether they come sparse or dense. Rows beyond a memory budget go to temporary files, from where they
/// are read in each epoch, with the same result. Dispose of the builder where that may happen, so that rows that never become a set leave no files.
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

    /// <summary>Creates a builder of an empty set.</summary>
    /// <param name="featureCount">The number of features per row, 1 to <see cref="MaximumFeatureCount"/>.</param>
    /// <param name="classCount">The number of classes, 1 to <see cref="MaximumClassCount"/>; labels are 0 to classCount - 1.</param>
    /// <param name="memoryBudget">Bytes of features to keep in memory, at least 0; null for half of what the machine or its container allows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
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
        _features = featureCount >= MinimumSparseFeatures ? new SparseRowStore(featureCount, memory) : new DenseRowStore(featureCount, memory);
    }

    /// <summary>Gets the number of features per row.</summary>
    public int FeatureCount { get; }

    /// <summary>Gets the number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>
    /// Gets the names of the classes, in the order of the labels; null for none. A checkpoint remembers them, so that training does not resume with
    /// other classes.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Gets the number of rows taken so far.</summary>
    public int RowCount => _labels.Count;

    /// <summary>Gets the number of rows skipped because their label is missing (negative).</summary>
    public long SkippedMissingLabel { get; private set; }

    /// <summary>Gets the number of rows skipped because a feature is NaN or infinite.</summary>
    public long SkippedNonFiniteFeatures { get; private set; }

    /// <summary>Gets the number of rows skipped because their weight is NaN, infinite or negative. A weight of 0 is skipped silently, as it asks for just that.</summary>
    public long SkippedUnusableWeight { get; private set; }

    /// <summary>Gets the number of rows skipped for any of these reasons.</summary>
    public long SkippedRows => SkippedMissingLabel + SkippedNonFiniteFeatures + SkippedUnusableWeight;

    /// <summary>Adds a dense row, copying it.</summary>
    /// <param name="features">Its features.</param>
    /// <param name="label">Its class, from 0; negative for a missing label.</param>
    /// <param name="weight">Its weight in the loss.</param>
    /// <returns>Whether the row was taken.</returns>
    /// <exception cref="ArgumentException">The row has another number of features.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The label is not below <see cref="ClassCount"/>.</exception>
    public bool TryAdd(ReadOnlySpan<float> features, int label, float weight = 1f) => TryAdd(new FeatureVector(features), label, weight);

    /// <summary>Adds a sparse row, copying it.</summary>
    /// <param name="indices">The features that are not zero, ascending, each below <see cref="FeatureCount"/>.</param>
    /// <param name="values">Their values.</param>
    /// <param name="label">Its class, from 0; negative for a missing label.</param>
    /// <param name="weight">Its weight in the loss.</param>
    /// <returns>Whether the row was taken.</returns>
    /// <exception cref="ArgumentException">The spans differ in length, or the indices do not ascend or leave the range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The label is not below <see cref="ClassCount"/>.</exception>
    public bool TryAdd(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, int label, float weight = 1f) =>
        TryAdd(new FeatureVector(FeatureCount, indices, values), label, weight);

    /// <summary>Adds a row, copying it.</summary>
    /// <param name="features">Its features.</param>
    /// <param name="label">Its class, from 0; negative for a missing label.</param>
    /// <param name="weight">Its weight in the loss.</param>
    /// <returns>Whether the row was taken.</returns>
    /// <exception cref="ArgumentException">The row has another number of features.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The label is not below <see cref="ClassCount"/>.</exception>
    public bool TryAdd(in FeatureVector features, int label, float weight = 1f)
    {
        if (features.Length != FeatureCount)
        {
            throw new ArgumentException($"The row has {features.Length} features, but the training set has {FeatureCount}.", nameof(features));
        }

        if (!Takes(label, TensorPrimitives.IsFiniteAll(features.Values), weight))
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

    /// <summary>Creates a set of the rows taken so far.</summary>
    public TrainingSet Build()
    {
        ChooseStore();
        _isBuilt = true;
        return new TrainingSet(ClassCount, _features, [.. _labels], _isWeighted ? [.. _weights] : null) { ClassNames = ClassNames };
    }

    /// <summary>Removes the temporary files, unless they belong to a set that was built.</summary>
    public void Dispose()
    {
        if (!_isBuilt)
        {
            _features.Memory.Dispose();
        }
    }

    private bool Takes(int label, bool isFinite, float weight)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, ClassCount);
        if (label < 0)
        {
            SkippedMissingLabel++;
            return false;
        }

        if (!isFinite)
        {
            SkippedNonFiniteFeatures++;
            return false;
        }

        if (!float.IsFinite(weight) || weight < 0)
        {
            SkippedUnusableWeight++;
            return false;
        }

        return weight > 0;
    }

    // The first rows, or all where there are fewer, decide whether sparse storage pays.
    private void ChooseStore()
    {
        if (_features is not SparseRowStore sparse || RowCount > RowsThatDecide || sparse.EntryCount <= MaximumSparseDensity * FeatureCount * RowCount)
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
