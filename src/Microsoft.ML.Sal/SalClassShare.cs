namespace Microsoft.ML.Trainers.Sal;

/// <summary>Describes how many rows of an area belong to one class.</summary>
public sealed class SalClassShare
{
    internal SalClassShare(string className, long rowCount, double share)
    {
        ClassName = className;
        RowCount = rowCount;
        Share = share;
    }

    /// <summary>Gets the name of the class: the label's key value as text, or the index from 0 where the key has no values.</summary>
    public string ClassName { get; }

    /// <summary>Gets the number of the area's rows that belong to the class.</summary>
    public long RowCount { get; }

    /// <summary>Gets their share of the area's labeled rows, 0 to 1; 0 in an area without labeled rows.</summary>
    public double Share { get; }
}
