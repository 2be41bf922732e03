namespace Microsoft.ML.Trainers.Sal;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it shows, which is its colour's name too.</param>
/// <param name="Points">Its points by epoch; epochs without a value are left out.</param>
internal sealed record CurveSeries(string Name, IReadOnlyList<CurvePoint> Points)
{
    private const int MostPoints = 400;

    /// <summary>The points to draw: all, or of a long training every n-th and the last.</summary>
    /// <param name="always">An epoch that is drawn in any case.</param>
    public IReadOnlyList<CurvePoint> Drawn(int? always)
    {
        int every = (Points.Count + MostPoints - 1) / MostPoints;
        return every <= 1 ? Points : [.. Points.Where((point, i) => i % every == 0 || i == Points.Count - 1 || point.Epoch == always)];
    }
}

/// <summary>A value of an epoch.</summary>
internal readonly record struct CurvePoint(int Epoch, double Value);
