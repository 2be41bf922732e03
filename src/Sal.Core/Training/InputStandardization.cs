using Sal.Core.Data;

namespace Sal.Core.Training;

/// <summary>Measures the training rows for the <see cref="InputTransform"/>.</summary>
internal static class InputStandardization
{
    /// <summary>Mean and inverse deviation (of the population) of each feature, or common ones, or none. A constant feature gets scale 0.</summary>
    public static InputTransform Fit(TrainingSet set, InputScaling scaling, double? clip)
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
            Moments moments = Measure(set);
            if (scaling == InputScaling.Common)
            {
                moments.Pool();
            }

            for (int i = 0; i < features; i++)
            {
                mean[i] = (float)moments.Mean[i];
                scale[i] = (float)(1 / Math.Sqrt(moments.Variance[i]));
                if (moments.IsConstant[i] || !float.IsFinite(scale[i]))
                {
                    scale[i] = 0;
                }
            }
        }

        return new InputTransform(mean, scale, clip is null ? float.PositiveInfinity : (float)clip);
    }

    // Two passes in double precision: the mean first, then the squares of what is left.
    private static Moments Measure(TrainingSet set)
    {
        var moments = new Moments(set.FeatureCount);
        for (int row = 0; row < set.RowCount; row++)
        {
            ReadOnlySpan<float> x = set.Features(row);
            for (int i = 0; i < x.Length; i++)
            {
                moments.Mean[i] += x[i];
            }
        }

        ReadOnlySpan<float> first = set.Features(0);
        for (int i = 0; i < first.Length; i++)
        {
            moments.Mean[i] /= set.RowCount;
            moments.IsConstant[i] = true;
        }

        for (int row = 0; row < set.RowCount; row++)
        {
            ReadOnlySpan<float> x = set.Features(row);
            for (int i = 0; i < x.Length; i++)
            {
                double difference = x[i] - moments.Mean[i];
                moments.Variance[i] += difference * difference;
                moments.IsConstant[i] &= x[i] == first[i];
            }
        }

        for (int i = 0; i < first.Length; i++)
        {
            moments.Variance[i] /= set.RowCount;
        }

        return moments;
    }

    private sealed class Moments(int features)
    {
        public double[] Mean { get; } = new double[features];

        public double[] Variance { get; } = new double[features];

        public bool[] IsConstant { get; } = new bool[features];

        // One mean and variance for all features; a feature that is constant among others that vary still tells nothing.
        public void Pool()
        {
            double mean = Mean.Average();
            double variance = Variance.Zip(Mean, (v, m) => v + (m - mean) * (m - mean)).Average();
            Array.Fill(Mean, mean);
            Array.Fill(Variance, variance);
        }
    }
}
