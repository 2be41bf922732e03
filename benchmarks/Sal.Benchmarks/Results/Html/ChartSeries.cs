namespace Sal.Benchmarks.Results;

/// <summary>A line of a chart.</summary>
internal sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points);

/// <summary>A point of a line, with a deviation to either side.</summary>
internal readonly record struct ChartPoint(double X, double Y, double Deviation);
