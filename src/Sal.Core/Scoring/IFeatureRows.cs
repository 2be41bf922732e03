using Sal.Core.Data;

namespace Sal.Core.Scoring;

/// <summary>The rows of a batch, each of which is read a few times.</summary>
internal interface IFeatureRows
{
    /// <summary>Gets the number of rows.</summary>
    int Count { get; }

    /// <summary>Gets the features of a row.</summary>
    FeatureVector this[int row] { get; }
}

/// <summary>Dense rows, one after the other.</summary>
internal readonly ref struct DenseRows(ReadOnlySpan<float> values, int featureCount) : IFeatureRows
{
    private readonly ReadOnlySpan<float> _values = values;

    public int Count => _values.Length / featureCount;

    public FeatureVector this[int row] => new(_values.Slice(row * featureCount, featureCount));
}

/// <summary>Rows that their owner gives one by one, dense or sparse.</summary>
internal readonly struct SuppliedRows(Func<int, FeatureVector> supply, int count, int featureCount) : IFeatureRows
{
    public int Count => count;

    public FeatureVector this[int row]
    {
        get
        {
            FeatureVector features = supply(row);
            return features.Length == featureCount
                ? features
                : throw new ArgumentException($"Row {row} has {features.Length} features, but the model was trained on {featureCount}.");
        }
    }
}
