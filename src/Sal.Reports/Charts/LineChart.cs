using Sal.Reports.Pages;

namespace Sal.Reports.Charts;

/// <summary>Lines over a common horizontal axis, as SVG, with the values as tooltips.</summary>
/// <param name="Title">What the chart shows.</param>
/// <param name="XAxis">The horizontal axis.</param>
/// <param name="YAxis">The vertical axis.</param>
internal sealed record LineChart(string Title, HorizontalAxis XAxis, ValueAxis YAxis)
{
    private const double Height = 240;
    private const double LabelHeight = 14;
    private const double RoomForName = 68;
    private const double RoomForPhase = 48;
    private const double Margin = 12;
    private const double MarginOfBars = 8;
    private const double DistanceOfBars = 2.5;

    public required IReadOnlyList<LineSeries> Series { get; init; }

    /// <summary>Gets the epoch, or the middle between two, at which the phase changes from shared to routed; null if it does not.</summary>
    public double? PhaseBoundary { get; init; }

    /// <summary>
    /// Gets a value indicating whether a legend below the chart names the lines, instead of a label at the end of each.
    /// Many lines or long names need it.
    /// </summary>
    public bool HasLegend { get; init; }

    /// <summary>Renders the chart; the result is empty if no line has a point.</summary>
    public string Render()
    {
        LineSeries[] drawn = [.. Series.Where(series => series.Points.Count > 0)];
        if (drawn.Length == 0)
        {
            return "";
        }

        ChartPoint[] points = [.. drawn.SelectMany(series => series.Points)];
        double[] xs = [.. points.Select(point => point.X)];
        bool hasBars = points.Any(point => point.Deviation is not null);
        double right = ChartFrame.Width - (HasLegend ? Margin : RoomForName);
        var area = new PlotArea(Left: 36, right, Top: 34, Bottom: Height - 40, Height);
        var scale = new HorizontalScale(XAxis, xs.Min(), xs.Max(), area, hasBars ? MarginOfBars : 0);
        var drawing = new ChartDrawing(area, YAxis.Ticks(points));
        drawing.AddGrid(YAxis.Format);
        drawing.AddUnit(YAxis.Name);
        drawing.AddBaseLine();
        foreach (double x in XAxis.Ticks(xs))
        {
            drawing.AddLabel(scale.X(x), XAxis.Label(x));
        }

        drawing.AddAxisName(XAxis.Name);
        if (PhaseBoundary is { } boundary)
        {
            DrawBoundary(drawing, area, scale.X(boundary));
        }

        double?[] rings = [.. Series.Select(series => series.Ring)];
        foreach ((int i, LineSeries series) in drawn.Index())
        {
            // Bars at the same place would hide each other.
            double aside = hasBars ? (i - ((drawn.Length - 1) / 2.0)) * DistanceOfBars : 0;
            DrawLine(drawing, x => scale.X(x) + aside, series, series.Thin(point => rings.Contains(point.X)));
        }

        if (!HasLegend)
        {
            DrawNames(drawing, area, drawn);
        }

        string description = $"{Title} by {XAxis.Name} ({YAxis.Name}): {string.Join(", ", drawn.Select(Ends))}";
        return ChartFrame.Figure(Title, drawing.Render(description), HasLegend ? Legend(drawn) : null);
    }

    private string Ends(LineSeries series) =>
        $"{series.Name} {YAxis.Format(series.Points[0].Value)} to {YAxis.Format(series.Points[^1].Value)}";

    private static string Legend(LineSeries[] drawn)
    {
        IEnumerable<string> items = drawn.Select(series => $"""<li class="{series.Style}">{Markup.Text(series.Name)}</li>""");
        return $"""<ul class="legend">{string.Concat(items)}</ul>""";
    }

    private static void DrawBoundary(ChartDrawing drawing, PlotArea area, double x)
    {
        string place = Markup.Coordinate(x), top = Markup.Coordinate(area.Top - 14), bottom = Markup.Coordinate(area.Bottom);
        const string Title = "<title>The phase changes from shared to routed</title>";
        drawing.Add($"""<line class="phase" x1="{place}" x2="{place}" y1="{top}" y2="{bottom}">{Title}</line>""");

        // The names of the phases stand on either side, unless a phase is too short for its name.
        string y = Markup.Coordinate(area.Top - 5);
        if (x - area.Left > RoomForPhase)
        {
            drawing.Add($"""<text x="{Markup.Coordinate(x - 5)}" y="{y}" text-anchor="end">shared</text>""");
        }

        if (area.Right - x > RoomForPhase)
        {
            drawing.Add($"""<text x="{Markup.Coordinate(x + 5)}" y="{y}">routed</text>""");
        }
    }

    private void DrawLine(ChartDrawing drawing, Func<double, double> xOf, LineSeries series, IReadOnlyList<ChartPoint> points)
    {
        IEnumerable<string> path = points.Select(point => $"{Markup.Coordinate(xOf(point.X))},{Markup.Coordinate(drawing.Y(point.Value))}");
        drawing.Add($"""<polyline class="series {series.Style}" points="{string.Join(' ', path)}"/>""");
        drawing.Add($"""<g class="dots {series.Style}">""");
        foreach (ChartPoint point in points)
        {
            string x = Markup.Coordinate(xOf(point.X)), y = Markup.Coordinate(drawing.Y(point.Value));
            if (point.Deviation is { } deviation)
            {
                string low = Markup.Coordinate(drawing.Y(point.Value - deviation)), high = Markup.Coordinate(drawing.Y(YAxis.Top(point)));
                drawing.Add($"""<line class="deviation" x1="{x}" x2="{x}" y1="{low}" y2="{high}"/>""");
            }

            // A dot appears when it is pointed at. It is always visible if it has a bar, or if there is no line because it is the only one.
            bool isVisible = points.Count == 1 || point.Deviation is not null;
            string style = isVisible ? """class="seen" """ : point.X == series.Ring ? """class="best" """ : "";
            string title = $"{XAxis.Describe(point.X)}: {Markup.Text(series.Name)} {YAxis.Format(point.Value)}"
                + (point.Deviation is { } bar ? $" ± {YAxis.Format(bar)}" : "");
            string radius = point.Deviation is null ? "5" : "3.5";
            drawing.Add($"""<circle {style}cx="{x}" cy="{y}" r="{radius}"><title>{title}</title></circle>""");
        }

        drawing.Add("</g>");
    }

    private void DrawNames(ChartDrawing drawing, PlotArea area, LineSeries[] drawn)
    {
        // Each name is at the end of its line, with the value below it. Where lines end close together, or near the axis, names move up.
        double limit = area.Bottom - LabelHeight;
        foreach (LineSeries series in drawn.OrderByDescending(series => drawing.Y(series.Points[^1].Value)))
        {
            double last = series.Points[^1].Value;
            double y = Math.Min(drawing.Y(last), limit);
            limit = y - (2 * LabelHeight) - 2;
            drawing.Add(Label(Markup.Text(series.Name), y) + Label(YAxis.Format(last), y + LabelHeight));

            string Label(string text, double y) =>
                $"""<text class="{series.Style}" x="{Markup.Coordinate(area.Right + 7)}" y="{Markup.Coordinate(y)}">{text}</text>""";
        }
    }

    /// <summary>Maps the horizontal axis to the plot; a single value is in the middle.</summary>
    private sealed record HorizontalScale(HorizontalAxis Axis, double First, double Last, PlotArea Area, double Margin)
    {
        public double X(double value)
        {
            double first = Axis.Position(First), last = Axis.Position(Last);
            double width = Area.Right - Area.Left - (2 * Margin);
            return First == Last ? Area.Center : Area.Left + Margin + (width * (Axis.Position(value) - first) / (last - first));
        }
    }
}
