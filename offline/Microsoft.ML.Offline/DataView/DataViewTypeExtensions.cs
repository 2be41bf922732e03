namespace Microsoft.ML.Data;

internal static class DataViewTypeExtensions
{
    public static PrimitiveDataViewType ItemType(this DataViewType type) => type switch
    {
        VectorDataViewType vector => vector.ItemType,
        PrimitiveDataViewType primitive => primitive,
        _ => throw new ArgumentException($"{type} has no item type.", nameof(type)),
    };

    /// <summary>The number of values a row holds: 1 for a scalar, 0 for a vector of unknown size.</summary>
    public static int ValueCount(this DataViewType type) => type is VectorDataViewType vector ? vector.Size : 1;

    public static bool IsKnownSizeVector(this DataViewType type) => type is VectorDataViewType { IsKnownSize: true };

    /// <summary>The number of categories of a key type, or 0 for anything else.</summary>
    public static int KeyCount(this DataViewType type) => type is KeyDataViewType key ? checked((int)key.Count) : 0;

    public static DataViewType WithItemType(this DataViewType type, PrimitiveDataViewType item) =>
        type is VectorDataViewType vector ? new VectorDataViewType(item, vector.Dimensions) : item;

    /// <summary>The primitive type that stands for a .NET type, or null.</summary>
    public static PrimitiveDataViewType FromRawType(Type raw) =>
        raw == typeof(string) || raw == typeof(ReadOnlyMemory<char>) ? TextDataViewType.Instance
        : raw == typeof(bool) ? BooleanDataViewType.Instance
        : NumberDataViewType.All.FirstOrDefault(number => number.RawType == raw);
}
