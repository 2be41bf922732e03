namespace Microsoft.ML.Trainers.Sal;

/// <summary>Describes what the rows of one area have in common.</summary>
public sealed class SalAreaProfile
{
    internal SalAreaProfile(int area, long rowCount, IReadOnlyList<SalClassShare> classMix, IReadOnlyList<float> centroid)
    {
        Area = area;
        RowCount = rowCount;
        ClassMix = classMix;
        Centroid = centroid;
    }

    /// <summary>Gets the area, counting from 0.</summary>
    public int Area { get; }

    /// <summary>Gets the number of rows that use the area.</summary>
    public long RowCount { get; }

    /// <summary>
    /// Gets the classes of the area's rows, one entry per class of the model, in the order of its scores; empty if the profile was
    /// computed without a label.
    /// </summary>
    public IReadOnlyList<SalClassShare> ClassMix { get; }

    /// <summary>
    /// Gets the mean of each feature over the area's rows, in the units of the data. Missing and infinite values are left out of the
    /// mean; it is NaN where no value remains, as in an area without rows.
    /// </summary>
    public IReadOnlyList<float> Centroid { get; }
}
