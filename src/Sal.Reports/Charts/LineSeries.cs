namespace Sal.Reports.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What the line shows.</param>
/// <param name="Style">The name of its color in the page's style.</param>
/// <param name="Points">Its points, from left to right.</param>
internal sealed record LineSeries(string Name, string Style, IReadOnlyList<ChartPoint> Points)
{
    private const int MaximumPoints = 400;

    /// <summary>Gets where on the horizontal axis a ring marks the line; null for nowhere.</summary>
    public double? Ring { get; init; }

    /// <summary>Returns the points to draw: all of them, or every n-th and the last one if there are very many.</summary>
    /// <param name="keep">The points that are drawn in any case.</param>
    public IReadOnlyList<ChartPoint> Thin(Func<ChartPoint, bool> keep)
    {
        int every = (Points.Count + MaximumPoints - 1) / MaximumPoints;
        return every <= 1 ? Points : [.. Points.Where((point, i) => i % every == 0 || i == Points.Count - 1 || keep(point))];
    }
}

/// <summary>A point of a line.</summary>
/// <param name="X">Where it is on the horizontal axis.</param>
/// <param name="Value">Its value.</param>
/// <param name="Deviation">How far a bar reaches from the point to either side; null for a point without a bar.</param>
internal readonly record struct ChartPoint(double X, double Value, double? Deviation = null);
