namespace Sal.Benchmarks.Speed;

/// <summary>
/// The ratio of two quantities, measured in turn (A B A B ...), so that a drift of the machine's speed does not change it.
/// </summary>
/// <param name="Key">The key of its <c>result:</c> line.</param>
/// <param name="What">What is compared, in words.</param>
/// <param name="Goal">The goal, in words.</param>
/// <param name="Median">The median of the ratios of all pairs.</param>
/// <param name="Lowest">The lowest ratio.</param>
/// <param name="Highest">The highest ratio.</param>
internal sealed record Ratio(string Key, string What, string Goal, double Median, double Lowest, double Highest)
{
    private const int Warmups = 1;

    /// <summary>Measures both quantities in turn.</summary>
    public static Ratio Measure(string key, string what, string goal, int pairs, Func<double> first, Func<double> second)
    {
        for (int i = 0; i < Warmups; i++)
        {
            first();
            second();
        }

        double[] ratios = [.. Enumerable.Range(0, pairs).Select(_ => first() / second()).Order()];
        return new Ratio(key, what, goal, ratios[ratios.Length / 2], ratios[0], ratios[^1]);
    }
}
