using System.Text;
using Sal.Reports.Pages;

namespace Sal.Reports.Charts;

/// <summary>Where the plot is within a drawing, the labels of its axes being outside.</summary>
internal readonly record struct PlotArea(double Left, double Right, double Top, double Bottom, double Height)
{
    public double Center => (Left + Right) / 2;
}

/// <summary>Draws what is common to charts whose values are up: the grid with its labels, the unit, the base line and what is below it.</summary>
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
    public void AddLabel(double x, string text) =>
        Add($"""<text x="{Markup.Coordinate(x)}" y="{Markup.Coordinate(area.Bottom + 16)}" text-anchor="middle">{Markup.Text(text)}</text>""");

    /// <summary>Adds the name of the horizontal axis.</summary>
    public void AddAxisName(string text) => Add(
        $"""<text x="{Markup.Coordinate(area.Center)}" y="{Markup.Coordinate(area.Height - 6)}" text-anchor="middle">{Markup.Text(text)}</text>""");

    /// <param name="description">What a screen reader says, as text.</param>
    public string Render(string description) => ChartFrame.Drawing(area.Height, description, _content.ToString());

    private string HorizontalLine(string style, string y, string end) =>
        $"""<line class="{style}" x1="{Markup.Coordinate(area.Left)}" x2="{Markup.Coordinate(area.Right)}" y1="{y}" y2="{y}"{end}""";
}
