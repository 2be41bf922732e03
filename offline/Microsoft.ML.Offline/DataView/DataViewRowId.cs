namespace Microsoft.ML.Data;

/// <summary>A 128-bit identity of a row, the same in whatever order the rows are visited.</summary>
public readonly struct DataViewRowId : IComparable<DataViewRowId>, IEquatable<DataViewRowId>
{
    public readonly ulong Low;
    public readonly ulong High;

    public DataViewRowId(ulong low, ulong high)
    {
        Low = low;
        High = high;
    }

    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    public override bool Equals(object obj) => obj is DataViewRowId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Low, High);

    public int CompareTo(DataViewRowId other) => (High, Low).CompareTo((other.High, other.Low));

    public override string ToString() => $"{High:x16}{Low:x16}";

}
