using System.Text;
using Microsoft.ML.Trainers.Sal;

namespace Sal.Benchmarks.Results;

/// <summary>The accuracies of contenders on a set: a dot for the mean, a line for the deviation.</summary>
internal sealed class DotChart(string title, IReadOnlyList<Summary> rows)
{
    private const double Width = 360, Right = Width - 78, RowHeight = 19, Foot = 34, CharacterWidth = 6.7;
    private const int ShortestName = 15, LongestName = 25;

    public string Render()
    {
        double left = 12 + (CharacterWidth * Math.Clamp(rows.Max(s => s.Contender.Length), ShortestName, LongestName));
        double Low(Summary s) => 100 * (s.MicroAccuracy - s.Deviation);
        double High(Summary s) => Math.Min(100, 100 * (s.MicroAccuracy + s.Deviation));
        double high = rows.Max(High);
        IReadOnlyList<double> ticks = AxisTicks.Around(Math.Min(rows.Min(Low), high - 1), high, most: 4);
        double X(double percent) => left + ((percent - ticks[0]) / (ticks[^1] - ticks[0]) * (Right - left));
        double bottom = (rows.Count * RowHeight) + 4;

        var svg = new StringBuilder();
        foreach (double tick in ticks)
        {
            string x = Markup.Place(X(tick));
            svg.AppendLine($"""<line class="grid" x1="{x}" x2="{x}" y1="0" y2="{Markup.Place(bottom)}"/><text x="{x}" y="{Markup.Place(bottom + 13)}" text-anchor="middle">{Markup.Number(tick, "0.##")}</text>""");
        }

        svg.AppendLine($"""<text x="{Markup.Place((left + Right) / 2)}" y="{Markup.Place(bottom + Foot - 6)}" text-anchor="middle">accuracy, %</text>""");
        foreach ((int index, Summary s) in rows.Index())
        {
            string y = Markup.Place((index * RowHeight) + 11), name = Markup.Text(s.Contender);
            string figures = Markup.Number(100 * s.MicroAccuracy, "F2") + (s.Seeds == 1 ? "" : $" ± {Markup.Number(100 * s.Deviation, "F2")}");
            svg.AppendLine($"""<g class="c{Colour(s.Contender)}"><title>{name}: {figures}, seeds: {s.Seeds}</title><text x="{left - 8}" y="{y}" dy=".35em" text-anchor="end">{Markup.Cut(s.Contender, LongestName)}</text>""");
            svg.AppendLine($"""<line class="deviation" x1="{Markup.Place(X(Low(s)))}" x2="{Markup.Place(X(High(s)))}" y1="{y}" y2="{y}"/><circle class="point" cx="{Markup.Place(X(100 * s.MicroAccuracy))}" cy="{y}" r="4"/>""");
            svg.AppendLine($"""<text x="{Markup.Place(Width)}" y="{y}" dy=".35em" text-anchor="end">{figures}</text></g>""");
        }

        return $"""
            <figure>
            <figcaption>{Markup.Text(title)}</figcaption>
            <svg viewBox="0 0 {Markup.Place(Width)} {Markup.Place(bottom + Foot)}" role="img" aria-label="{Markup.Text(title)}: accuracies of {rows.Count} contenders">
            {svg}</svg>
            </figure>

            """;
    }

    private static int Colour(string contender) =>
        contender.StartsWith("backprop", StringComparison.Ordinal) || contender.Contains("Rule=Backpropagation", StringComparison.Ordinal) ? 1
        : contender.StartsWith("sal", StringComparison.Ordinal) || contender.Contains('=') ? 0
        : 4;
}
