namespace Sal.Core.Data;

/// <summary>The middle and the unit of a feature's values, from a sample of them.</summary>
/// <param name="Center">The value that becomes 0.</param>
/// <param name="Unit">The difference that becomes 1; above 0.</param>
internal readonly record struct FeatureScale(float Center, float Unit)
{
    private const double TrimmedShare = 0.025; // on each side: what a hundredth of wrong cells may not reach
    private const double UnitPerDifference = 0.5; // so that the rare value of an indicator becomes 2

    /// <summary>Measures a feature.</summary>
    /// <param name="sorted">The finite values in the sample, ascending.</param>
    /// <param name="reach">
    /// The largest difference of any row's value to a value of the sample, for a feature that is constant in the sample.
    /// </param>
    /// <remarks>
    /// Of the values with the extreme ones moved to the bounds of the others, the center is the mean and the unit the deviation. For a
    /// mostly constant or two-valued feature, the center is the mode instead, so that sparse features stay sparse, and the unit is at least
    /// half the typical difference to it.
    /// </remarks>
    public static FeatureScale Measure(ReadOnlySpan<float> sorted, Func<float, double> reach)
    {
        (float mode, int count, int distinct) = FindMode(sorted);
        if (distinct <= 1)
        {
            return new FeatureScale(mode, (float)(UnitPerDifference * reach(mode)));
        }

        float least = Quantile(sorted, TrimmedShare), most = Quantile(sorted, 1 - TrimmedShare);
        double sum = 0, squares = 0;
        foreach (float value in sorted)
        {
            double difference = (double)Math.Clamp(value, least, most) - least; // so that large values lose no digits
            sum += difference;
            squares += difference * difference;
        }

        double mean = sum / sorted.Length, deviation = Math.Sqrt(Math.Max(0, squares / sorted.Length - mean * mean));
        return distinct == 2 || count > sorted.Length / 2
            ? new FeatureScale(mode, (float)Math.Max(deviation, UnitPerDifference * TypicalDifference(sorted, mode, count)))
            : new FeatureScale((float)(least + mean), (float)deviation);
    }

    /// <summary>Computes a quantile by linear interpolation.</summary>
    /// <param name="sorted">The values, ascending.</param>
    /// <param name="share">The share of the values below it, 0 to 1.</param>
    public static float Quantile(ReadOnlySpan<float> sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place, above = Math.Min(below + 1, sorted.Length - 1);
        return (float)(sorted[below] + (place - below) * ((double)sorted[above] - sorted[below]));
    }

    // The most frequent value, the lowest of several; its number of rows; and the number of different values.
    private static (float Mode, int Count, int Distinct) FindMode(ReadOnlySpan<float> sorted)
    {
        (float mode, int most, int distinct) = (0, 0, 0);
        for (int start = 0; start < sorted.Length;)
        {
            int end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            if (end - start > most)
            {
                (mode, most) = (sorted[start], end - start);
            }

            distinct++;
            start = end;
        }

        return (mode, most, distinct);
    }

    // The median of |value - mode| over the values other than the mode.
    private static double TypicalDifference(ReadOnlySpan<float> sorted, float mode, int count)
    {
        var differences = new double[sorted.Length - count];
        int i = 0;
        foreach (float value in sorted)
        {
            if (value != mode)
            {
                differences[i++] = Math.Abs((double)value - mode);
            }
        }

        Array.Sort(differences);
        return differences[differences.Length / 2];
    }
}
