namespace Microsoft.ML.Trainers.Sal;

/// <summary>How many of an area's rows are of a class.</summary>
public sealed class SalClassShare
{
    internal SalClassShare(string className, long rowCount, double share)
    {
        ClassName = className;
        RowCount = rowCount;
        Share = share;
    }

    /// <summary>The class: the label's key value as text, or its index from 0 where the key has no values.</summary>
    public string ClassName { get; }

    /// <summary>The rows of the class.</summary>
    public long RowCount { get; }

    /// <summary>Their share in the area's rows that have a label, 0 to 1; 0 in an area without such rows.</summary>
    public double Share { get; }
}
