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

    public abstract SlotScale ToScale();
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

    public override SlotScale ToScale() =>
        !(max > min) ? new SlotScale(fixZero || double.IsInfinity(min) ? 0 : min, 0)
        : fixZero ? new SlotScale(0, 1 / Math.Max(Math.Abs(min), Math.Abs(max)))
        : new SlotScale(min, 1 / (max - min));
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

    public override SlotScale ToScale()
    {
        var variance = count > 0 ? squares / count : 0;
        return variance == 0 ? new SlotScale(fixZero ? 0 : mean, 0)
            : fixZero ? new SlotScale(0, 1 / Math.Sqrt((mean * mean) + variance))
            : new SlotScale(mean, 1 / Math.Sqrt(variance));
    }
}
