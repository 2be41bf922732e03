namespace Microsoft.ML.Trainers.Sal;

/// <summary>What the rows of an area have in common.</summary>
public sealed class SalAreaProfile
{
    internal SalAreaProfile(int area, long rowCount, IReadOnlyList<SalClassShare> classMix, IReadOnlyList<float> centroid)
    {
        Area = area;
        RowCount = rowCount;
        ClassMix = classMix;
        Centroid = centroid;
    }

    /// <summary>The area, from 0.</summary>
    public int Area { get; }

    /// <summary>The rows that use it.</summary>
    public long RowCount { get; }

    /// <summary>The classes of its rows, one entry a class, in the order of the label's keys; empty if the profile was asked for without a label.</summary>
    public IReadOnlyList<SalClassShare> ClassMix { get; }

    /// <summary>
    /// The mean of each feature over its rows, in the units of the data, one value a feature. Missing and infinite values are left out; NaN where none is
    /// left, as in an area without rows.
    /// </summary>
    public IReadOnlyList<float> Centroid { get; }
}
