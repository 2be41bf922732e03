using System.Numerics.Tensors;

namespace Sal.Core.Data;

/// <summary>Collects rows for training. A row that cannot be learned from is skipped and counted.</summary>
public sealed class TrainingSetBuilder
{
    private const int FloatsPerBlock = 1 << 18;

    private readonly int _rowsPerBlock;
    private readonly List<float[]> _blocks = [];
    private readonly List<int> _labels = [];
    private readonly List<float> _weights = [];
    private bool _isWeighted;

    /// <summary>Starts an empty set.</summary>
    /// <param name="featureCount">Features of each row, at least 1.</param>
    /// <param name="classCount">Classes, at least 1; labels are 0 to classCount - 1.</param>
    public TrainingSetBuilder(int featureCount, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(featureCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classCount);
        FeatureCount = featureCount;
        ClassCount = classCount;
        _rowsPerBlock = Math.Max(1, FloatsPerBlock / featureCount);
    }

    /// <summary>Features of a row.</summary>
    public int FeatureCount { get; }

    /// <summary>Classes.</summary>
    public int ClassCount { get; }

    /// <summary>Rows taken so far.</summary>
    public int RowCount => _labels.Count;

    /// <summary>Rows skipped because their label is missing (negative).</summary>
    public long SkippedMissingLabel { get; private set; }

    /// <summary>Rows skipped because a feature is NaN or infinite.</summary>
    public long SkippedNonFiniteFeatures { get; private set; }

    /// <summary>Rows skipped because their weight is NaN, infinite or negative. A weight of 0 is skipped silently, as it asks for just that.</summary>
    public long SkippedUnusableWeight { get; private set; }

    /// <summary>Rows skipped for any of these reasons.</summary>
    public long SkippedRows => SkippedMissingLabel + SkippedNonFiniteFeatures + SkippedUnusableWeight;

    /// <summary>Adds a row, copying it.</summary>
    /// <param name="features">Its features.</param>
    /// <param name="label">Its class, from 0; negative for a missing label.</param>
    /// <param name="weight">Its weight in the loss.</param>
    /// <returns>Whether the row was taken.</returns>
    /// <exception cref="ArgumentException">The row has another number of features.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The label is not below <see cref="ClassCount"/>.</exception>
    public bool TryAdd(ReadOnlySpan<float> features, int label, float weight = 1f)
    {
        if (features.Length != FeatureCount)
        {
            throw new ArgumentException($"The row has {features.Length} features, but the training set has {FeatureCount}.", nameof(features));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, ClassCount);
        if (label < 0)
        {
            SkippedMissingLabel++;
            return false;
        }

        if (!TensorPrimitives.IsFiniteAll(features))
        {
            SkippedNonFiniteFeatures++;
            return false;
        }

        if (!float.IsFinite(weight) || weight < 0)
        {
            SkippedUnusableWeight++;
            return false;
        }

        if (weight == 0)
        {
            return false;
        }

        int place = RowCount % _rowsPerBlock;
        if (place == 0)
        {
            _blocks.Add(GC.AllocateUninitializedArray<float>(checked(_rowsPerBlock * FeatureCount)));
        }

        features.CopyTo(_blocks[^1].AsSpan(place * FeatureCount, FeatureCount));
        _labels.Add(label);
        _weights.Add(weight);
        _isWeighted |= weight != 1f;
        return true;
    }

    /// <summary>The rows taken so far, as a set of its own.</summary>
    public TrainingSet Build() =>
        new(FeatureCount, ClassCount, [.. _blocks], _rowsPerBlock, [.. _labels], _isWeighted ? [.. _weights] : null);
}
