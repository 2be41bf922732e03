namespace Microsoft.ML.Trainers.Sal;

/// <summary>Round numbers to mark on an axis.</summary>
internal static class AxisTicks
{
    /// <summary>At least two numbers at steps of 1, 2 or 5 times a power of ten; the first is at or below the range, the last at or above it.</summary>
    /// <param name="low">The range's lower end.</param>
    /// <param name="high">Its upper end.</param>
    /// <param name="most">About how many steps there may be.</param>
    public static IReadOnlyList<double> Around(double low, double high, int most = 5)
    {
        double span = high > low ? high - low : Math.Max(Math.Abs(high), 1);
        double step = Step(span / most);
        double first = Math.Floor((low / step) + 1e-9);
        double last = Math.Max(Math.Ceiling((high / step) - 1e-9), first + 1);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)];
    }

    /// <summary>Whole numbers within a range of whole numbers, for instance of epochs; both ends, and round ones between.</summary>
    public static IReadOnlyList<int> Within(int low, int high, int most = 6)
    {
        int step = (int)Math.Max(1, Math.Round(Step((high - (double)low) / most)));
        List<int> ticks = [low];
        for (long tick = (((long)low / step) + 1) * step; tick < high; tick += step)
        {
            // Not so near an end that labels touch.
            if (tick - low >= 0.6 * step && high - tick >= 0.6 * step)
            {
                ticks.Add((int)tick);
            }
        }

        return high > low ? [.. ticks, high] : ticks;
    }

    private static double Step(double atLeast)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(atLeast, 1e-12))));
        double ratio = atLeast / power;
        return power * (ratio <= 1.0000001 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10);
    }
}
