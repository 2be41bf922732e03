using System.Globalization;
using System.Net;
using System.Text;

namespace Sal.Benchmarks.Results;

/// <summary>One page without references to others: for each set a chart of the contenders' accuracies, mean and deviation.</summary>
internal sealed class HtmlReport(IReadOnlyList<Measurement> measurements)
{
    private const int Width = 760, Left = 230, Right = 90, RowHeight = 22;

    public string Write()
    {
        var page = new StringBuilder("""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>SAL: results</title>
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 50em; margin: 2em auto; padding: 0 1em; color: #222; background: #fff }
            svg { width: 100%; height: auto; font: 12px system-ui, sans-serif }
            .sal { fill: #0b6e99; stroke: #0b6e99 } .other { fill: #777; stroke: #777 } .grid { stroke: #ddd } text { fill: #222; stroke: none }
            </style></head><body>
            <h1>SAL: results</h1>
            <p>Dots are mean accuracies on test rows over seeds, in per cent; lines reach one sample deviation to either side. Blue: SAL. Grey: others.</p>

            """);
        foreach (IGrouping<(string Kind, string Set), Measurement> chart in measurements.GroupBy(m => (m.Kind, m.Set)))
        {
            Chart(page, $"{chart.Key.Kind}: {chart.Key.Set}", [.. Summary.Of(chart).OrderByDescending(s => s.MicroAccuracy)]);
        }

        return page.Append("</body></html>\n").ToString();
    }

    private static void Chart(StringBuilder page, string title, Summary[] rows)
    {
        double low = Math.Floor(100 * rows.Min(s => s.MicroAccuracy - s.Deviation));
        double high = Math.Min(100, Math.Ceiling(100 * rows.Max(s => s.MicroAccuracy + s.Deviation)));
        double X(double percent) => Left + ((percent - low) / (high - low) * (Width - Left - Right));
        int height = (rows.Length * RowHeight) + 30;
        page.Append($"<h2>{WebUtility.HtmlEncode(title)}</h2>\n<svg viewBox=\"0 0 {Width} {height}\" role=\"img\">\n");
        double step = Math.Max(1, Math.Ceiling((high - low) / 8));
        for (double tick = low; tick <= high; tick += step)
        {
            page.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{X(tick):F1}\" x2=\"{X(tick):F1}\" y1=\"0\" y2=\"{height - 25}\"/>");
            page.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(tick):F1}\" y=\"{height - 8}\" text-anchor=\"middle\">{tick}</text>\n");
        }

        foreach ((int i, Summary s) in rows.Index())
        {
            double y = (i * RowHeight) + 12, mean = 100 * s.MicroAccuracy, deviation = 100 * s.Deviation;
            string kind = s.Contender.StartsWith("sal", StringComparison.Ordinal) ? "sal" : "other";
            page.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 12}\" y=\"{y + 4}\" text-anchor=\"end\">{WebUtility.HtmlEncode(s.Contender)}</text>");
            page.Append(CultureInfo.InvariantCulture, $"<line class=\"{kind}\" x1=\"{X(mean - deviation):F1}\" x2=\"{X(Math.Min(100, mean + deviation)):F1}\" y1=\"{y}\" y2=\"{y}\"/>");
            page.Append(CultureInfo.InvariantCulture, $"<circle class=\"{kind}\" cx=\"{X(mean):F1}\" cy=\"{y}\" r=\"4\"/>");
            page.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right + 12}\" y=\"{y + 4}\">{mean:F2} ± {deviation:F2}</text>\n");
        }

        page.Append("</svg>\n");
    }
}
