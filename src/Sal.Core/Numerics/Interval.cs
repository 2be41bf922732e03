namespace Sal.Core.Numerics;

/// <summary>
/// A range of rows, or of panels of columns, from <paramref name="Start"/> up to but not including <paramref name="End"/>.
/// </summary>
internal readonly record struct Interval(int Start, int End)
{
    /// <summary>Gets the first <paramref name="count"/> rows or panels.</summary>
    public static Interval First(int count) => new(0, count);

    /// <summary>Gets the intersection with another interval; empty if <see cref="End"/> is not above <see cref="Start"/>.</summary>
    public Interval Intersect(Interval other) => new(Math.Max(Start, other.Start), Math.Min(End, other.End));
}
