using System.Text;
using Microsoft.ML.Trainers.Sal;

namespace Sal.Benchmarks.Results;

/// <summary>Lines over a common axis, as SVG with a legend below.</summary>
/// <param name="Title">What the chart shows.</param>
/// <param name="XAxis">What is across.</param>
/// <param name="YAxis">What is up.</param>
internal sealed record SeriesChart(string Title, string XAxis, string YAxis)
{
    private const double Width = 360, Height = 220, Left = 40, Right = Width - 12, Top = 28, Bottom = Height - 38;
    private const double LeastTickDistance = 32;
    private const double BesideEachOther = 2.5;
    private const int Colours = 6;

    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>Whether equal ratios are equally far apart across.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Whether points have marks that show their deviations.</summary>
    public bool HasMarks { get; init; } = true;

    /// <summary>The highest possible value.</summary>
    public double Highest { get; init; } = double.PositiveInfinity;

    /// <summary>Where a dashed line stands; null for none.</summary>
    public double? Boundary { get; init; }

    public string Render()
    {
        ChartPoint[] points = [.. Series.SelectMany(series => series.Points)];
        double lowest = points.Min(point => point.X), highest = points.Max(point => point.X);
        IReadOnlyList<double> ticks = AxisTicks.Around(points.Min(point => point.Y - point.Deviation), Math.Min(Highest, points.Max(point => point.Y + point.Deviation)));
        double X(double x) => lowest == highest ? (Left + Right) / 2 : Left + 8 + ((Right - Left - 16) * (Across(x) - Across(lowest)) / (Across(highest) - Across(lowest)));
        double Y(double y) => Bottom - ((Bottom - Top) * (y - ticks[0]) / (ticks[^1] - ticks[0]));

        var svg = new StringBuilder();
        foreach (double tick in ticks)
        {
            string y = Markup.Place(Y(tick));
            svg.AppendLine($"""<line class="grid" x1="{Left}" x2="{Markup.Place(Right)}" y1="{y}" y2="{y}"/><text x="{Left - 6}" y="{y}" dy=".35em" text-anchor="end">{Markup.Number(tick, "0.####")}</text>""");
        }

        svg.AppendLine($"""<text x="0" y="12">{Markup.Text(YAxis)}</text><line class="axis" x1="{Left}" x2="{Markup.Place(Right)}" y1="{Markup.Place(Bottom)}" y2="{Markup.Place(Bottom)}"/>""");
        double free = double.NegativeInfinity;
        foreach (double tick in XTicks(lowest, highest))
        {
            if (X(tick) >= free)
            {
                svg.AppendLine($"""<text x="{Markup.Place(X(tick))}" y="{Markup.Place(Bottom + 16)}" text-anchor="middle">{Short(tick)}</text>""");
                free = X(tick) + LeastTickDistance;
            }
        }

        svg.AppendLine($"""<text x="{Markup.Place((Left + Right) / 2)}" y="{Markup.Place(Height - 6)}" text-anchor="middle">{Markup.Text(XAxis)}</text>""");
        if (Boundary is { } boundary)
        {
            svg.AppendLine($"""<line class="phase" x1="{Markup.Place(X(boundary))}" x2="{Markup.Place(X(boundary))}" y1="{Markup.Place(Top - 8)}" y2="{Markup.Place(Bottom)}"/>""");
        }

        foreach ((int index, ChartSeries series) in Series.Index())
        {
            double aside = HasMarks ? (index - ((Series.Count - 1) / 2.0)) * BesideEachOther : 0; // deviations at the same place would hide each other
            svg.AppendLine($"""<g class="c{index % Colours}"><polyline class="series" points="{string.Join(' ', series.Points.Select(p => $"{Markup.Place(X(p.X) + aside)},{Markup.Place(Y(p.Y))}"))}"/>""");
            foreach (ChartPoint p in HasMarks ? series.Points : [])
            {
                string x = Markup.Place(X(p.X) + aside);
                svg.AppendLine($"""<line class="deviation" x1="{x}" x2="{x}" y1="{Markup.Place(Y(p.Y - p.Deviation))}" y2="{Markup.Place(Y(Math.Min(Highest, p.Y + p.Deviation)))}"/>""");
                svg.AppendLine(
                    $"""<circle class="point" cx="{x}" cy="{Markup.Place(Y(p.Y))}" r="3.5"><title>{Markup.Text(series.Name)}, {Markup.Count(p.X)}: {Markup.Number(p.Y, "F2")} ± {Markup.Number(p.Deviation, "F2")}</title></circle>""");
            }

            svg.AppendLine("</g>");
        }

        string legend = string.Concat(Series.Select((series, index) => $"""<li class="c{index % Colours}">{Markup.Text(series.Name)}</li>"""));
        return $"""
            <figure>
            <figcaption>{Markup.Text(Title)}</figcaption>
            <svg viewBox="0 0 {Markup.Place(Width)} {Markup.Place(Height)}" role="img" aria-label="{Markup.Text($"{Title}: {YAxis} against {XAxis}")}">
            {svg}</svg>
            <ul class="legend">{legend}</ul>
            </figure>

            """;
    }

    private double Across(double x) => IsLogarithmic ? Math.Log(x) : x;

    // On a logarithmic axis the values that occur, where they are few; otherwise 1, 2 and 5 times powers of ten.
    private IEnumerable<double> XTicks(double lowest, double highest)
    {
        if (!IsLogarithmic)
        {
            return AxisTicks.Within((int)lowest, (int)highest).Select(tick => (double)tick);
        }

        double[] values = [.. Series.SelectMany(series => series.Points).Select(point => point.X).Distinct().Order()];
        return values.Length <= 8 ? values
            : Enumerable.Range(0, 13).SelectMany(power => (double[])[1, 2, 5], (power, digit) => digit * Math.Pow(10, power)).Where(tick => tick >= lowest && tick <= highest);
    }

    private static string Short(double value) => value switch
    {
        >= 1e6 => Markup.Number(value / 1e6, "0.#") + "M",
        >= 1e4 => Markup.Number(value / 1e3, "0") + "k",
        >= 1e3 => Markup.Number(value / 1e3, "0.#") + "k",
        _ => Markup.Number(value, "0.##"),
    };
}
