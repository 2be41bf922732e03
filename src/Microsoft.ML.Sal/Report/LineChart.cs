using System.Text;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Curves by epoch, as SVG: axes with units, a name at the end of each curve, values as tooltips, and the boundary of the phases.</summary>
/// <param name="Title">What the chart shows.</param>
/// <param name="Unit">The unit of its values.</param>
/// <param name="Format">A value as text, in that unit.</param>
/// <param name="Boundary">The epoch, or between which, the phase changes.</param>
/// <param name="Best">The epoch to mark on the curve of the validation.</param>
/// <param name="Highest">The highest possible value.</param>
internal sealed record LineChart(string Title, string Unit, Func<double, string> Format, double? Boundary, int? Best, double Highest)
{
    private const double Width = 360;
    private const double Height = 240;
    private const double Left = 36;
    private const double Right = Width - 68;
    private const double Top = 34;
    private const double Bottom = Height - 40;
    private const double LabelHeight = 14;

    public required IReadOnlyList<CurveSeries> Series { get; init; }

    public string Render()
    {
        CurveSeries[] drawn = [.. Series.Where(series => series.Points.Count > 0)];
        if (drawn.Length == 0)
        {
            return "";
        }

        CurvePoint[] points = [.. drawn.SelectMany(series => series.Points)];
        var scale = new Scale(
            points.Min(point => point.Epoch),
            points.Max(point => point.Epoch),
            AxisTicks.Around(Highest == 1 ? points.Min(point => point.Value) : 0, Math.Min(Highest, points.Max(point => point.Value))));
        var svg = new StringBuilder();
        DrawAxes(svg, scale);
        DrawBoundary(svg, scale);
        foreach (CurveSeries series in drawn)
        {
            DrawCurve(svg, scale, series);
        }

        DrawNames(svg, scale, drawn);
        return $"""
            <figure>
            <figcaption>{Title}</figcaption>
            <svg viewBox="0 0 {Markup.Place(Width)} {Markup.Place(Height)}" role="img" aria-label="{Title} by epoch ({Unit}): {string.Join(", ", drawn.Select(Ends))}">
            {svg}</svg>
            </figure>
            """;
    }

    private string Ends(CurveSeries series) => $"{series.Name} {Format(series.Points[0].Value)} to {Format(series.Points[^1].Value)}";

    private void DrawAxes(StringBuilder svg, Scale scale)
    {
        foreach (double value in scale.Ticks)
        {
            string y = Markup.Place(scale.Y(value));
            svg.AppendLine($"""<line class="grid" x1="{Left}" x2="{Markup.Place(Right)}" y1="{y}" y2="{y}"/><text x="{Left - 6}" y="{y}" dy=".35em" text-anchor="end">{Format(value)}</text>""");
        }

        svg.AppendLine($"""<text x="0" y="12">{Unit}</text>""");
        svg.AppendLine($"""<line class="axis" x1="{Left}" x2="{Markup.Place(Right)}" y1="{Markup.Place(Bottom)}" y2="{Markup.Place(Bottom)}"/>""");
        foreach (int epoch in AxisTicks.Within(scale.FirstEpoch, scale.LastEpoch))
        {
            svg.AppendLine($"""<text x="{Markup.Place(scale.X(epoch))}" y="{Markup.Place(Bottom + 16)}" text-anchor="middle">{Markup.Count(epoch)}</text>""");
        }

        svg.AppendLine($"""<text x="{Markup.Place((Left + Right) / 2)}" y="{Markup.Place(Height - 6)}" text-anchor="middle">epoch</text>""");
    }

    private void DrawBoundary(StringBuilder svg, Scale scale)
    {
        if (Boundary is not { } epoch)
        {
            return;
        }

        string x = Markup.Place(scale.X(epoch));
        svg.AppendLine($"""<line class="phase" x1="{x}" x2="{x}" y1="{Markup.Place(Top - 14)}" y2="{Markup.Place(Bottom)}"><title>The phase changes from shared to routed</title></line>""");

        // The names stand beside the line, unless a phase is too short for its name.
        double room = 48;
        if (scale.X(epoch) - Left > room)
        {
            svg.AppendLine($"""<text x="{Markup.Place(scale.X(epoch) - 5)}" y="{Markup.Place(Top - 5)}" text-anchor="end">shared</text>""");
        }

        if (Right - scale.X(epoch) > room)
        {
            svg.AppendLine($"""<text x="{Markup.Place(scale.X(epoch) + 5)}" y="{Markup.Place(Top - 5)}">routed</text>""");
        }
    }

    private void DrawCurve(StringBuilder svg, Scale scale, CurveSeries series)
    {
        IReadOnlyList<CurvePoint> points = series.Drawn(Best);
        string path = string.Join(' ', points.Select(point => $"{Markup.Place(scale.X(point.Epoch))},{Markup.Place(scale.Y(point.Value))}"));
        svg.AppendLine($"""<polyline class="series {series.Name}" points="{path}"/>""");
        svg.AppendLine($"""<g class="dots {series.Name}">""");
        bool isValidation = series.Name == TrainingCurves.Validation;
        foreach (CurvePoint point in points)
        {
            // A single point has no line to be seen by.
            string seen = points.Count == 1 ? """ class="seen" """ : isValidation && point.Epoch == Best ? """ class="best" """ : " ";
            svg.AppendLine($"""<circle{seen}cx="{Markup.Place(scale.X(point.Epoch))}" cy="{Markup.Place(scale.Y(point.Value))}" r="5"><title>Epoch {Markup.Count(point.Epoch)}: {series.Name} {Format(point.Value)}</title></circle>""");
        }

        svg.AppendLine("</g>");
    }

    private void DrawNames(StringBuilder svg, Scale scale, CurveSeries[] drawn)
    {
        // Each name stands at its curve's end, with the value below it. Where curves end close together, or near the axis, names give way upwards.
        double limit = Bottom - LabelHeight;
        foreach (CurveSeries series in drawn.OrderByDescending(series => scale.Y(series.Points[^1].Value)))
        {
            CurvePoint last = series.Points[^1];
            double y = Math.Min(scale.Y(last.Value), limit);
            limit = y - (2 * LabelHeight) - 2;
            string x = Markup.Place(Right + 7);
            svg.AppendLine($"""<text class="{series.Name}" x="{x}" y="{Markup.Place(y)}">{series.Name}</text><text class="{series.Name}" x="{x}" y="{Markup.Place(y + LabelHeight)}">{Format(last.Value)}</text>""");
        }
    }

    /// <summary>Where epochs and values are in the drawing.</summary>
    private sealed record Scale(int FirstEpoch, int LastEpoch, IReadOnlyList<double> Ticks)
    {
        public double X(double epoch) => FirstEpoch == LastEpoch
            ? (Left + Right) / 2
            : Left + ((Right - Left) * (epoch - FirstEpoch) / (LastEpoch - FirstEpoch));

        public double Y(double value) => Bottom - ((Bottom - Top) * (value - Ticks[0]) / (Ticks[^1] - Ticks[0]));
    }
}
