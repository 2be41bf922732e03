namespace Sal.Core.Tests.Plain;

/// <summary>The encoding of one feature, computed from its definition in docs/engine.md in double precision.</summary>
internal sealed class PlainEncoding
{
    private readonly List<Func<double, double>> _inputs = [];
    private readonly double _median;

    /// <param name="column">The feature in all training rows.</param>
    /// <param name="clip">The bound on its scaled value.</param>
    /// <param name="pieces">The most pieces of the code.</param>
    /// <param name="fewValues">The number of different values up to which there is no code.</param>
    public PlainEncoding(double[] column, double clip, int pieces, int fewValues)
    {
        double[] known = [.. column.Where(double.IsFinite).Order()];
        double[] distinct = [.. known.Distinct()];
        _median = known.Length == 0 ? double.NaN : Quantile(known, 0.5);
        if (distinct.Length > 1)
        {
            AddScaled(known, distinct, clip);
        }

        if (distinct.Length > fewValues && pieces > 0)
        {
            double[] thresholds = distinct.Length <= pieces + 1
                ? distinct
                : [.. Enumerable.Range(0, pieces + 1).Select(i => Quantile(known, (double)i / pieces)).Distinct()];
            foreach ((double low, double high) in thresholds.Zip(thresholds.Skip(1)))
            {
                _inputs.Add(x => x <= low ? 0 : x >= high ? 1 : (x - low) / (high - low));
            }
        }

        HasIndicator = column.Any(double.IsNaN) && !column.All(double.IsNaN);
    }

    public bool HasIndicator { get; }

    /// <summary>Computes the inputs that the network gets from a value of the feature.</summary>
    public double[] Encode(double x)
    {
        double[] inputs = [.. _inputs.Select(input => input(double.IsNaN(x) ? _median : x))];
        return HasIndicator ? [.. inputs, double.IsNaN(x) ? 2 : 0] : inputs;
    }

    private void AddScaled(double[] known, double[] distinct, double clip)
    {
        double mode = distinct.MaxBy(value => known.Count(other => other == value));
        double low = Quantile(known, 0.025), high = Quantile(known, 0.975);
        double[] trimmed = [.. known.Select(x => Math.Min(Math.Max(x, low), high))];
        double mean = trimmed.Average(), deviation = Math.Sqrt(trimmed.Average(x => (x - mean) * (x - mean)));
        double[] differences = [.. known.Where(x => x != mode).Select(x => Math.Abs(x - mode)).Order()];
        bool isAroundMode = distinct.Length == 2 || known.Length - differences.Length > known.Length / 2;
        double center = isAroundMode ? mode : mean;
        double unit = isAroundMode ? Math.Max(deviation, differences[differences.Length / 2] / 2) : deviation;
        _inputs.Add(x => Math.Min(Math.Max((x - center) / unit, -clip), clip));
    }

    private static double Quantile(double[] ascending, double share)
    {
        double place = share * (ascending.Length - 1);
        double below = ascending[(int)Math.Floor(place)], above = ascending[(int)Math.Ceiling(place)];
        return below + (place - Math.Floor(place)) * (above - below);
    }
}
