using Sal.Core.Numerics;

namespace Sal.Core.Data;

/// <summary>The values of each feature in a sample of the rows, which stands for large sets, with the classes of the rows.</summary>
internal sealed class FeatureSample
{
    private readonly float[][] _values; // of each feature: the finite values that the sampled rows store, ascending
    private readonly int[][] _labels; // of each feature: the classes of these rows
    private readonly List<int>?[] _absent; // of each feature: the classes of the rows in which it is NaN or infinite, if any
    private readonly int[] _rows; // of each class

    private FeatureSample(TrainingSet set)
    {
        _values = new float[set.FeatureCount][];
        _labels = new int[set.FeatureCount][];
        _absent = new List<int>?[set.FeatureCount];
        _rows = new int[set.ClassCount];
    }

    /// <param name="set">The training rows.</param>
    /// <param name="most">The number of rows to draw, if there are more.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <param name="cancellationToken">Cancels the pass over the sample.</param>
    /// <exception cref="OperationCanceledException">Training was canceled.</exception>
    public static FeatureSample Draw(TrainingSet set, int most, int seed, CancellationToken cancellationToken)
    {
        int[] rows = [.. Enumerable.Range(0, set.RowCount)];
        if (rows.Length > most)
        {
            new KeyedRandom(seed, RandomPurpose.InputSample).Shuffle(rows);
            Array.Resize(ref rows, most);
            Array.Sort(rows);
        }

        List<float>[] values = [.. Enumerable.Range(0, set.FeatureCount).Select(_ => new List<float>())];
        List<int>[] labels = [.. Enumerable.Range(0, set.FeatureCount).Select(_ => new List<int>())];
        var sample = new FeatureSample(set);
        foreach (int row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FeatureVector features = set.Features(row);
            int label = set.Label(row);
            sample._rows[label]++;
            for (int i = 0; i < features.Values.Length; i++)
            {
                int feature = features.IsDense ? i : features.Indices[i];
                if (float.IsFinite(features.Values[i]))
                {
                    values[feature].Add(features.Values[i]);
                    labels[feature].Add(label);
                }
                else
                {
                    (sample._absent[feature] ??= []).Add(label);
                }
            }
        }

        for (int feature = 0; feature < set.FeatureCount; feature++)
        {
            sample._values[feature] = [.. values[feature]];
            sample._labels[feature] = [.. labels[feature]];
            Array.Sort(sample._values[feature], sample._labels[feature]);
        }

        return sample;
    }

    /// <summary>Gets the finite values of a feature, ascending, with the zeros that sparse rows leave out.</summary>
    public float[] Values(int feature) => WithZeros(_values[feature], feature, Enumerable.Repeat(0f, Zeros(feature).Sum()));

    /// <summary>Gets the class of each of the <see cref="Values"/>.</summary>
    public int[] Labels(int feature) =>
        WithZeros(_labels[feature], feature, Zeros(feature).Index().SelectMany(zeros => Enumerable.Repeat(zeros.Index, zeros.Item)));

    private T[] WithZeros<T>(T[] stored, int feature, IEnumerable<T> zeros)
    {
        int place = _values[feature].AsSpan().BinarySearch(0f);
        place = place < 0 ? ~place : place;
        return [.. stored.AsSpan(0, place), .. zeros, .. stored.AsSpan(place)];
    }

    // The rows of each class that leave the feature out.
    private int[] Zeros(int feature)
    {
        int[] zeros = [.. _rows];
        foreach (int label in _labels[feature].Concat(_absent[feature] ?? []))
        {
            zeros[label]--;
        }

        return zeros;
    }
}
