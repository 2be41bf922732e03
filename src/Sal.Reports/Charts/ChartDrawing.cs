using System.Text;
using Sal.Reports.Pages;

namespace Sal.Reports.Charts;

/// <summary>Draws what charts with a vertical value axis have in common: grid lines, unit, base line, and the labels below it.</summary>
/// <param name="area">Where the plot is.</param>
/// <param name="ticks">The values of the grid lines; the first is the base line's.</param>
internal sealed class ChartDrawing(PlotArea area, IReadOnlyList<double> ticks)
{
    private readonly StringBuilder _content = new();

    /// <summary>Returns the vertical coordinate of a value.</summary>
    public double Y(double value) => area.Bottom - ((area.Bottom - area.Top) * (value - ticks[0]) / (ticks[^1] - ticks[0]));

    /// <summary>Adds a line of markup.</summary>
    public void Add(string markup) => _content.AppendLine(markup);

    public void AddGrid(Func<double, string> format)
    {
        foreach (double tick in ticks)
        {
            string y = Markup.Coordinate(Y(tick)), x = Markup.Coordinate(area.Left - 6);
            Add($"""{HorizontalLine("grid", y, "/>")}<text x="{x}" y="{y}" dy=".35em" text-anchor="end">{format(tick)}</text>""");
        }
    }

    /// <summary>Adds the unit of the values, in the upper left corner.</summary>
    public void AddUnit(string text) => Add($"""<text x="0" y="12">{Markup.Text(text)}</text>""");

    public void AddBaseLine() => Add(HorizontalLine("axis", Markup.Coordinate(area.Bottom), "/>"));

    /// <summary>Adds a dashed line across the plot, with a tooltip.</summary>
    public void AddMeanLine(double mean, string title) =>
        Add(HorizontalLine("mean", Markup.Coordinate(Y(mean)), $"><title>{Markup.Text(title)}</title></line>"));

    /// <summary>Adds a label below the base line.</summary>
    public void AddLabel(double x, string text) => AddCentered(x, area.Bottom + 16, text);

    /// <summary>Adds the name of the horizontal axis.</summary>
    public void AddAxisName(string text) => AddCentered(area.Center, area.Height - 6, text);

    /// <param name="description">What a screen reader says, as text.</param>
    public string Render(string description) => ChartFrame.Drawing(area.Height, description, _content.ToString());

    private void AddCentered(double x, double y, string text) =>
        Add($"""<text x="{Markup.Coordinate(x)}" y="{Markup.Coordinate(y)}" text-anchor="middle">{Markup.Text(text)}</text>""");

    private string HorizontalLine(string style, string y, string end)
    {
        string left = Markup.Coordinate(area.Left), right = Markup.Coordinate(area.Right);
        return $"""<line class="{style}" x1="{left}" x2="{right}" y1="{y}" y2="{y}"{end}""";
    }
}
