namespace Microsoft.ML.Data;

/// <summary>The primitive types by number.</summary>
public enum DataKind : byte
{
    SByte = 1,
    Byte = 2,
    Int16 = 3,
    UInt16 = 4,
    Int32 = 5,
    UInt32 = 6,
    Int64 = 7,
    UInt64 = 8,
    Single = 9,
    Double = 10,
    String = 11,
    Boolean = 12,
    TimeSpan = 13,
    DateTime = 14,
    DateTimeOffset = 15,
}

internal static class DataKindTypes
{
    public static PrimitiveDataViewType ToType(this DataKind kind) => kind switch
    {
        DataKind.String => TextDataViewType.Instance,
        DataKind.Boolean => BooleanDataViewType.Instance,
        >= DataKind.SByte and <= DataKind.Double => NumberDataViewType.All[(int)kind - 1],
        _ => throw new NotSupportedException($"The offline stand-in of ML.NET has no columns of kind {kind}."),
    };

    public static DataKind FromRawType(Type type)
    {
        var primitive = DataViewTypeExtensions.FromRawType(type)
            ?? throw new ArgumentOutOfRangeException(nameof(type), $"Could not determine an IDataView type for {type}.");
        return primitive is TextDataViewType ? DataKind.String
            : primitive is BooleanDataViewType ? DataKind.Boolean
            : (DataKind)(NumberDataViewType.All.ToList().IndexOf((NumberDataViewType)primitive) + 1);
    }
}
