namespace Sal.Reports.Charts;

/// <summary>Chooses round numbers to mark on an axis.</summary>
internal static class AxisTicks
{
    private const int MaximumOccurringValues = 8;
    private const int HighestPower = 12;

    /// <summary>
    /// Returns at least two numbers at steps of 1, 2 or 5 times a power of ten.
    /// The first is at or below the range, the last at or above it.
    /// </summary>
    /// <param name="low">The lower end of the range.</param>
    /// <param name="high">The upper end of the range.</param>
    /// <param name="steps">The approximate maximum number of steps.</param>
    public static IReadOnlyList<double> Around(double low, double high, int steps = 5)
    {
        double span = high > low ? high - low : Math.Max(Math.Abs(high), 1);
        double step = RoundUp(span / steps);
        double first = Math.Floor((low / step) + 1e-9);
        double last = Math.Max(Math.Ceiling((high / step) - 1e-9), first + 1);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)];
    }

    /// <summary>Returns both ends of a range of whole numbers, for instance of epochs, and round numbers between them.</summary>
    public static IReadOnlyList<double> Within(int low, int high, int steps = 6)
    {
        int step = (int)Math.Max(1, Math.Round(RoundUp((high - (double)low) / steps)));
        List<double> ticks = [low];
        for (long tick = (((long)low / step) + 1) * step; tick < high; tick += step)
        {
            // Not so near an end that the labels touch.
            if (tick - low >= 0.6 * step && high - tick >= 0.6 * step)
            {
                ticks.Add(tick);
            }
        }

        return high > low ? [.. ticks, high] : ticks;
    }

    /// <summary>
    /// Returns ticks for a logarithmic axis: the values that occur, if they are few, otherwise 1, 2 and 5 times powers of ten.
    /// </summary>
    /// <param name="values">The values to show, all of them positive.</param>
    /// <param name="distance">The minimum distance between two ticks, as a share of the axis.</param>
    public static IReadOnlyList<double> Logarithmic(IEnumerable<double> values, double distance)
    {
        double[] occurring = [.. values.Distinct().Order()];
        IEnumerable<double> candidates = occurring.Length <= MaximumOccurringValues
            ? occurring
            : Enumerable.Range(0, HighestPower + 1).SelectMany(power => (double[])[1, 2, 5], (power, digit) => digit * Math.Pow(10, power))
                .Where(candidate => candidate >= occurring[0] && candidate <= occurring[^1]);
        double leastRatio = Math.Pow(occurring[^1] / occurring[0], distance);
        List<double> ticks = [];
        foreach (double candidate in candidates)
        {
            if (ticks.Count == 0 || candidate / ticks[^1] >= leastRatio)
            {
                ticks.Add(candidate);
            }
        }

        return ticks;
    }

    private static double RoundUp(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(step, 1e-12))));
        double ratio = step / power;
        return power * (ratio <= 1.0000001 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10);
    }
}
