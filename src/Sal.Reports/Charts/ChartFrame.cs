using Sal.Reports.Pages;

namespace Sal.Reports.Charts;

/// <summary>The elements around the content of a chart.</summary>
internal static class ChartFrame
{
    /// <summary>The width of all charts, in units of their coordinates.</summary>
    public const double Width = 360;

    /// <summary>Renders a drawing with a title above it.</summary>
    /// <param name="title">The title, as text.</param>
    /// <param name="drawing">The markup of the drawing.</param>
    /// <param name="legend">The markup below the drawing, if any.</param>
    public static string Figure(string title, string drawing, string? legend = null) =>
        $"""
        <figure>
        <figcaption>{Markup.Text(title)}</figcaption>
        {drawing}{(legend is null ? "" : "\n" + legend)}
        </figure>
        """;

    /// <summary>Renders a drawing.</summary>
    /// <param name="height">The height, in units of the coordinates.</param>
    /// <param name="description">What a screen reader says, as text.</param>
    /// <param name="content">The markup inside, whole lines.</param>
    public static string Drawing(double height, string description, string content) =>
        $"""
        <svg viewBox="0 0 {Markup.Coordinate(Width)} {Markup.Coordinate(height)}" role="img" aria-label="{Markup.Text(description)}">
        {content}</svg>
        """;
}
