using Sal.Core.Numerics;

namespace Sal.Core.Data;

/// <summary>The values of each feature in a sample of the rows, which stands for large sets.</summary>
internal sealed class FeatureSample
{
    private readonly List<float>[] _values; // of each feature: the finite values that the sampled rows store
    private readonly int[] _absent; // of each feature: the number of sampled rows in which it is NaN or infinite
    private readonly int _rows;

    private FeatureSample(int features, int rows)
    {
        _values = [.. Enumerable.Range(0, features).Select(_ => new List<float>())];
        _absent = new int[features];
        _rows = rows;
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

        var sample = new FeatureSample(set.FeatureCount, rows.Length);
        foreach (int row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FeatureVector features = set.Features(row);
            for (int i = 0; i < features.Values.Length; i++)
            {
                int feature = features.IsDense ? i : features.Indices[i];
                if (float.IsFinite(features.Values[i]))
                {
                    sample._values[feature].Add(features.Values[i]);
                }
                else
                {
                    sample._absent[feature]++;
                }
            }
        }

        return sample;
    }

    /// <summary>Gets the finite values of a feature, ascending, with the zeros that sparse rows leave out.</summary>
    public float[] Sorted(int feature)
    {
        var values = new float[_rows - _absent[feature]];
        _values[feature].CopyTo(values);
        Array.Sort(values);
        return values;
    }
}
