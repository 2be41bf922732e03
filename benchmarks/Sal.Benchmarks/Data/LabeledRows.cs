using Sal.Core.Data;

namespace Sal.Benchmarks.Data;

/// <summary>Rows in memory: features, row-major (rows x features), and labels, the numbers of the classes from 0.</summary>
internal sealed class LabeledRows(float[] features, int[] labels, int featureCount, int classCount)
{
    public int Count => labels.Length;

    public int FeatureCount => featureCount;

    public int ClassCount => classCount;

    public int Label(int row) => labels[row];

    public ReadOnlySpan<float> Features(int row) => features.AsSpan(row * featureCount, featureCount);

    /// <summary>Makes the training set that the engine takes from some of the rows.</summary>
    public TrainingSet ToTrainingSet(ReadOnlySpan<int> rows)
    {
        var builder = new TrainingSetBuilder(featureCount, classCount);
        foreach (int row in rows)
        {
            builder.TryAdd(Features(row), labels[row]);
        }

        return builder.Build();
    }

    /// <summary>Appends rows to others.</summary>
    public static LabeledRows Concat(LabeledRows first, LabeledRows second)
    {
        var joined = new float[(long)(first.Count + second.Count) * first.FeatureCount];
        first.AllFeatures.CopyTo(joined);
        second.AllFeatures.CopyTo(joined.AsSpan(first.AllFeatures.Length));
        return new LabeledRows(
            joined, [.. first.Labels, .. second.Labels], first.FeatureCount, Math.Max(first.ClassCount, second.ClassCount));
    }

    /// <summary>Gets all labels.</summary>
    public ReadOnlySpan<int> Labels => labels;

    private ReadOnlySpan<float> AllFeatures => features;
}
