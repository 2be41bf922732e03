namespace Sal.Reports.Charts;

/// <summary>The place of the plot within a drawing. The labels of its axes are outside of it.</summary>
/// <param name="Left">The left edge.</param>
/// <param name="Right">The right edge.</param>
/// <param name="Top">The top edge.</param>
/// <param name="Bottom">The bottom edge, where the base line is.</param>
/// <param name="Height">The height of the whole drawing.</param>
internal readonly record struct PlotArea(double Left, double Right, double Top, double Bottom, double Height)
{
    /// <summary>Gets the middle between left and right.</summary>
    public double Center => (Left + Right) / 2;
}
