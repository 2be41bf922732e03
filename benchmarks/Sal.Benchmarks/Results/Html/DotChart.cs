using System.Text;
using Sal.Reports.Charts;
using Sal.Reports.Pages;

namespace Sal.Benchmarks.Results;

/// <summary>The accuracies of contenders on a set, one per line: a dot for the mean, a bar for the deviation.</summary>
internal sealed class DotChart(string title, IReadOnlyList<Summary> rows)
{
    private const double Right = ChartFrame.Width - 78;
    private const double RowHeight = 19;
    private const double Foot = 34;
    private const double CharacterWidth = 6.7;
    private const int ShortestName = 15;
    private const int LongestName = 25;

    private readonly double _left = 12 + (CharacterWidth * Math.Clamp(rows.Max(row => row.Contender.Length), ShortestName, LongestName));
    private readonly double _bottom = (rows.Count * RowHeight) + 4;

    // The axis covers at least one percentage point.
    private readonly IReadOnlyList<double> _ticks = AxisTicks.Around(Math.Min(rows.Min(Low), rows.Max(High) - 1), rows.Max(High), steps: 4);

    public string Render()
    {
        var content = new StringBuilder();
        foreach (double tick in _ticks)
        {
            string x = Markup.Coordinate(X(tick)), bottom = Markup.Coordinate(_bottom), label = Markup.Coordinate(_bottom + 13);
            content.Append($"""<line class="grid" x1="{x}" x2="{x}" y1="0" y2="{bottom}"/>""");
            content.AppendLine($"""<text x="{x}" y="{label}" text-anchor="middle">{Markup.Number(tick, "0.##")}</text>""");
        }

        string center = Markup.Coordinate((_left + Right) / 2), foot = Markup.Coordinate(_bottom + Foot - 6);
        content.AppendLine($"""<text x="{center}" y="{foot}" text-anchor="middle">accuracy, %</text>""");
        foreach ((int index, Summary row) in rows.Index())
        {
            DrawRow(content, row, Markup.Coordinate((index * RowHeight) + 11));
        }

        string drawing = ChartFrame.Drawing(_bottom + Foot, $"{title}: accuracies of {rows.Count} contenders", content.ToString());
        return ChartFrame.Figure(title, drawing);
    }

    private void DrawRow(StringBuilder content, Summary row, string y)
    {
        string accuracy = Markup.Number(100 * row.MicroAccuracy, "F2");
        string figures = row.Seeds == 1 ? accuracy : $"{accuracy} ± {Markup.Number(100 * row.Deviation, "F2")}";
        string name = Markup.Cut(row.Contender, LongestName);
        string nameEnd = Markup.Coordinate(_left - 8), width = Markup.Coordinate(ChartFrame.Width);
        string low = Markup.Coordinate(X(Low(row))), high = Markup.Coordinate(X(High(row)));
        string mean = Markup.Coordinate(X(100 * row.MicroAccuracy));
        content.Append($"""<g class="{NumberedColors.Style(Color(row.Contender))}">""");
        content.AppendLine($"<title>{Markup.Text(row.Contender)}: {figures}, seeds: {row.Seeds}</title>");
        content.AppendLine($"""<text x="{nameEnd}" y="{y}" dy=".35em" text-anchor="end">{name}</text>""");
        content.AppendLine($"""<line class="deviation" x1="{low}" x2="{high}" y1="{y}" y2="{y}"/>""");
        content.AppendLine($"""<circle class="point" cx="{mean}" cy="{y}" r="4"/>""");
        content.AppendLine($"""<text x="{width}" y="{y}" dy=".35em" text-anchor="end">{figures}</text></g>""");
    }

    private double X(double percent) => _left + ((percent - _ticks[0]) / (_ticks[^1] - _ticks[0]) * (Right - _left));

    private static double Low(Summary row) => 100 * (row.MicroAccuracy - row.Deviation);

    private static double High(Summary row) => Math.Min(100, 100 * (row.MicroAccuracy + row.Deviation));

    // As the note above the charts says: blue for SAL, orange for backpropagation, gray for others.
    private static int Color(string contender) =>
        contender.StartsWith("backprop", StringComparison.Ordinal) ? 1
        : contender.Contains("Rule=Backpropagation", StringComparison.Ordinal) ? 1
        : contender.StartsWith("sal", StringComparison.Ordinal) || contender.Contains('=') ? 0
        : 4;
}
