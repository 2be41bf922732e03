using Sal.Reports.Pages;

namespace Sal.Reports.Charts;

/// <summary>The vertical axis of a line chart.</summary>
/// <param name="Name">What the values are, with their unit.</param>
/// <param name="Format">Formats a value in that unit.</param>
internal sealed record ValueAxis(string Name, Func<double, string> Format)
{
    /// <summary>Gets the axis of losses.</summary>
    public static ValueAxis Loss { get; } =
        new("mean cross-entropy, nats", value => Markup.Number(value, "0.####")) { StartsAtZero = true };

    /// <summary>Gets the axis of accuracies, which are shares from 0 to 1.</summary>
    public static ValueAxis Accuracy { get; } =
        new("share of rows, %", value => Markup.Number(100 * value, "0.##")) { Highest = 1 };

    /// <summary>Gets a value indicating whether the axis starts at zero, not at the lowest value.</summary>
    public bool StartsAtZero { get; init; }

    /// <summary>Gets the highest value that is possible.</summary>
    public double Highest { get; init; } = double.PositiveInfinity;

    /// <summary>Returns the values to mark with grid lines; the first and the last are the ends of the axis.</summary>
    public IReadOnlyList<double> Ticks(IEnumerable<ChartPoint> points) => AxisTicks.Around(
        StartsAtZero ? 0 : points.Min(point => point.Value - (point.Deviation ?? 0)),
        points.Max(Top));

    /// <summary>Returns the upper end of a point's deviation, as far as such a value is possible.</summary>
    public double Top(ChartPoint point) => Math.Min(Highest, point.Value + (point.Deviation ?? 0));
}
