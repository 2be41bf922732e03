using Sal.Reports.Pages;

namespace Sal.Reports.Charts;

/// <summary>The horizontal axis of a line chart. Its values are whole numbers, such as epochs or numbers of layers.</summary>
/// <param name="Name">What the values are.</param>
/// <param name="IsLogarithmic">Whether equal ratios are equally far apart.</param>
internal sealed record HorizontalAxis(string Name, bool IsLogarithmic = false)
{
    private const double LabelDistance = 0.11;

    /// <summary>Gets the axis of charts by epoch.</summary>
    public static HorizontalAxis Epoch { get; } = new("epoch");

    /// <summary>Returns where a value is on the axis, up to a factor and an offset.</summary>
    public double Position(double value) => IsLogarithmic ? Math.Log(value) : value;

    /// <summary>Returns the values to label.</summary>
    public IReadOnlyList<double> Ticks(IReadOnlyList<double> values) =>
        IsLogarithmic ? AxisTicks.Logarithmic(values, LabelDistance) : AxisTicks.Within((int)values.Min(), (int)values.Max());

    /// <summary>Formats the label of a tick. On a logarithmic axis large numbers are short: 12k, 1.5M.</summary>
    public string Label(double tick) => !IsLogarithmic ? Markup.Count(tick) : tick switch
    {
        >= 1e6 => Markup.Number(tick / 1e6, "0.#") + "M",
        >= 1e4 => Markup.Number(tick / 1e3, "0") + "k",
        >= 1e3 => Markup.Number(tick / 1e3, "0.#") + "k",
        _ => Markup.Number(tick, "0.##"),
    };

    /// <summary>Formats a value with its name, to begin a tooltip: "Epoch 12".</summary>
    public string Describe(double value) => $"{char.ToUpperInvariant(Name[0])}{Name[1..]} {Markup.Count(value)}";
}
