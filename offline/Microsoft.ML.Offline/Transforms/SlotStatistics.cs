namespace Microsoft.ML.Transforms;

/// <summary>The affine map of one slot: (x - Offset) * Scale.</summary>
internal readonly record struct SlotScale(double Offset, double Scale)
{
    public double Apply(double value) => (value - Offset) * Scale;

    public float Apply(float value) => (value - (float)Offset) * (float)Scale;
}

/// <summary>What a normaliser learns of one slot. Missing values are passed over; a constant slot is mapped to 0.</summary>
internal abstract class SlotStatistics
{
    public abstract void Add(double value);

    /// <summary>The map as offset and divisor; divisor 0 maps everything to 0.</summary>
    protected abstract (double Offset, double Divisor) Summary { get; }

    /// <param name="single">Whether the column is of Single: then the divisor is rounded before it is inverted.</param>
    public SlotScale ToScale(bool single)
    {
        var (offset, divisor) = Summary;
        return new SlotScale(offset, divisor == 0 ? 0 : single ? 1 / (float)divisor : 1 / divisor);
    }
}

/// <summary>To [0, 1]; or, with zero fixed, to at most 1 in magnitude.</summary>
internal sealed class MinMaxStatistics(bool fixZero) : SlotStatistics
{
    private double min = double.PositiveInfinity;
    private double max = double.NegativeInfinity;

    public override void Add(double value)
    {
        if (!double.IsNaN(value))
        {
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }
    }

    protected override (double Offset, double Divisor) Summary =>
        !(max > min) ? (fixZero || double.IsInfinity(min) ? 0 : min, 0)
        : fixZero ? (0, Math.Max(Math.Abs(min), Math.Abs(max)))
        : (min, max - min);
}

/// <summary>To mean 0 and variance 1; or, with zero fixed, to a mean square of 1.</summary>
internal sealed class MeanVarianceStatistics(bool fixZero) : SlotStatistics
{
    private long count;
    private double mean;
    private double squares;

    public override void Add(double value)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        // Welford's update keeps the sum of squared deviations accurate.
        count++;
        var delta = value - mean;
        mean += delta / count;
        squares += delta * (value - mean);
    }

    protected override (double Offset, double Divisor) Summary
    {
        get
        {
            var variance = count > 0 ? squares / count : 0;
            return variance == 0 ? (fixZero ? 0 : mean, 0)
                : fixZero ? (0, Math.Sqrt((mean * mean) + variance))
                : (mean, Math.Sqrt(variance));
        }
    }
}
