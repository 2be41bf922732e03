using Sal.Reports.Pages;

namespace Sal.Reports.Charts;

/// <summary>The training rows of each area as bars, as SVG.</summary>
internal static class AreaLoadChart
{
    private const int MaximumBars = 64;
    private const double MaximumBarWidth = 48;
    private const double LabelWidth = 24;
    private const double Height = 200;

    private static readonly PlotArea Area = new(Left: 42, Right: ChartFrame.Width - 8, Top: 26, Bottom: Height - 38, Height);

    /// <summary>Renders the drawing.</summary>
    /// <param name="loads">The rows of each area.</param>
    public static string Render(IReadOnlyList<int> loads)
    {
        Bar[] bars = Bars(loads);
        var drawing = new ChartDrawing(Area, AxisTicks.Around(0, bars.Max(bar => bar.Rows), steps: 4));
        drawing.AddGrid(rows => Markup.Number(rows, "#,0.##"));
        double pitch = (Area.Right - Area.Left) / bars.Length;
        int labelEvery = Math.Max(1, (int)Math.Ceiling(LabelWidth / pitch));
        foreach ((int i, Bar bar) in bars.Index())
        {
            DrawBar(drawing, bar, Area.Left + (i * pitch), pitch);
            if (bar.Name.Length > 0 && i % labelEvery == 0)
            {
                drawing.AddLabel(Area.Left + (i * pitch) + (pitch / 2), bar.Name);
            }
        }

        string mean = Markup.Number(loads.Average(), "#,0.#");
        drawing.AddMeanLine(loads.Average(), $"Mean: {mean} rows");
        drawing.AddUnit($"training rows (dashed: the mean, {mean})");
        drawing.AddBaseLine();
        drawing.AddAxisName(bars.Length == loads.Count ? "area" : $"areas by load, {Markup.Count(AreasPerBar(loads))} to a bar");
        return drawing.Render("Training rows of each area");
    }

    private static void DrawBar(ChartDrawing drawing, Bar bar, double left, double pitch)
    {
        double width = Math.Min(pitch * 0.8, MaximumBarWidth);
        double top = drawing.Y(bar.Rows);
        string x = Markup.Coordinate(left + ((pitch - width) / 2)), y = Markup.Coordinate(top);
        string across = Markup.Coordinate(width), up = Markup.Coordinate(Area.Bottom - top);
        drawing.Add($"""<rect class="bar" x="{x}" width="{across}" y="{y}" height="{up}"><title>{bar.Title}</title></rect>""");
        if (bar.Rows == 0)
        {
            string center = Markup.Coordinate(left + (pitch / 2)), bottom = Markup.Coordinate(Area.Bottom - 4);
            drawing.Add($"""<text class="dead" x="{center}" y="{bottom}" text-anchor="middle">×<title>{bar.Title}</title></text>""");
        }
    }

    /// <summary>Returns one bar per area; or, where those would be too thin, one bar per group of areas with similar loads.</summary>
    private static Bar[] Bars(IReadOnlyList<int> loads)
    {
        if (loads.Count <= MaximumBars)
        {
            return
            [
                .. loads.Select((load, area) => new Bar(Markup.Count(area), load, $"Area {Markup.Count(area)}: {Markup.Count(load)} rows")),
            ];
        }

        return
        [
            .. loads.OrderDescending().Chunk(AreasPerBar(loads)).Select(group => new Bar(
                "", group.Average(), $"{Markup.Count(group.Length)} areas of {Markup.Count(group[^1])} to {Markup.Count(group[0])} rows")),
        ];
    }

    private static int AreasPerBar(IReadOnlyList<int> loads) => (loads.Count + MaximumBars - 1) / MaximumBars;

    private readonly record struct Bar(string Name, double Rows, string Title);
}
