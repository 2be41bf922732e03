namespace Sal.Core.Data;

/// <summary>Fits the <see cref="InputTransform"/> to the training rows.</summary>
internal static class InputStandardization
{
    /// <summary>
    /// Computes the mean and the inverse standard deviation (of the population) per feature, or in common for all features, or neither. A
    /// constant feature gets scale 0. Sparse features are only scaled, so that zeros stay zeros.
    /// </summary>
    /// <exception cref="OperationCanceledException">Training was canceled.</exception>
    public static InputTransform Fit(TrainingSet set, InputScaling scaling, double? clip, CancellationToken cancellationToken)
    {
        int features = set.FeatureCount;
        var mean = new float[features];
        var scale = new float[features];
        if (scaling == InputScaling.None)
        {
            Array.Fill(scale, 1f);
        }
        else
        {
            FeatureMoments moments = set.IsSparse ? MeasureSparse(set, cancellationToken) : Measure(set, cancellationToken);
            if (scaling == InputScaling.Common)
            {
                moments.Pool();
            }

            for (int i = 0; i < features; i++)
            {
                mean[i] = set.IsSparse ? 0 : (float)moments.Mean[i];
                scale[i] = (float)(1 / Math.Sqrt(moments.Variance[i]));
                if (moments.IsConstant[i] || !float.IsFinite(scale[i]))
                {
                    scale[i] = 0;
                }
            }
        }

        return new InputTransform(mean, scale, clip is null ? float.PositiveInfinity : (float)clip);
    }

    // Two passes in double precision: first the mean, then the squared differences from it.
    private static FeatureMoments Measure(TrainingSet set, CancellationToken cancellationToken)
    {
        var moments = new FeatureMoments(set.FeatureCount);
        for (int row = 0; row < set.RowCount; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<float> x = set.Features(row).Values;
            for (int i = 0; i < x.Length; i++)
            {
                moments.Mean[i] += x[i];
            }
        }

        for (int i = 0; i < set.FeatureCount; i++)
        {
            moments.Mean[i] /= set.RowCount;
            moments.IsConstant[i] = true;
        }

        ReadOnlySpan<float> first = set.Features(0).Values;
        for (int row = 0; row < set.RowCount; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<float> x = set.Features(row).Values;
            for (int i = 0; i < x.Length; i++)
            {
                double difference = x[i] - moments.Mean[i];
                moments.Variance[i] += difference * difference;
                moments.IsConstant[i] &= x[i] == first[i];
            }
        }

        for (int i = 0; i < set.FeatureCount; i++)
        {
            moments.Variance[i] /= set.RowCount;
        }

        return moments;
    }

    // The same from the nonzero values alone: zeros contribute through their count. A feature without nonzero values is constant.
    private static FeatureMoments MeasureSparse(TrainingSet set, CancellationToken cancellationToken)
    {
        var moments = new FeatureMoments(set.FeatureCount);
        var counts = new int[set.FeatureCount];
        ForEachValue((i, value) =>
        {
            moments.Mean[i] += value;
            counts[i]++;
        });
        for (int i = 0; i < set.FeatureCount; i++)
        {
            moments.Mean[i] /= set.RowCount;
            moments.Variance[i] = (set.RowCount - counts[i]) * moments.Mean[i] * moments.Mean[i];
            moments.IsConstant[i] = counts[i] == 0;
        }

        ForEachValue((i, value) => moments.Variance[i] += (value - moments.Mean[i]) * (value - moments.Mean[i]));
        for (int i = 0; i < set.FeatureCount; i++)
        {
            moments.Variance[i] /= set.RowCount;
        }

        return moments;

        void ForEachValue(Action<int, float> action)
        {
            for (int row = 0; row < set.RowCount; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                FeatureVector features = set.Features(row);
                for (int i = 0; i < features.Values.Length; i++)
                {
                    action(features.Indices[i], features.Values[i]);
                }
            }
        }
    }

    private sealed class FeatureMoments(int features)
    {
        public double[] Mean { get; } = new double[features];

        public double[] Variance { get; } = new double[features];

        public bool[] IsConstant { get; } = new bool[features];

        // One mean and one variance for all features. A feature that is constant among varying ones still carries no information.
        public void Pool()
        {
            double mean = Mean.Average();
            double variance = Variance.Zip(Mean, (v, m) => v + (m - mean) * (m - mean)).Average();
            Array.Fill(Mean, mean);
            Array.Fill(Variance, variance);
        }
    }
}
