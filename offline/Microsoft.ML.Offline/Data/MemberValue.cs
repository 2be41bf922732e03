namespace Microsoft.ML.Data;

/// <summary>Reads a column as a .NET type that a user may ask for: the raw type, string for text, an array for a vector.</summary>
internal static class MemberValue
{
    /// <summary>
    /// Calls the generic method of <paramref name="owner"/> with a Func that reads the column as <paramref name="wanted"/>, and
    /// <paramref name="extra"/>; null if the column cannot be read so.
    /// </summary>
    public static object Bind(DataViewRow row, DataViewSchema.Column column, Type wanted, Type owner, string method, params object[] extra)
    {
        var item = column.Type.ItemType().RawType;
        var isVector = column.Type is VectorDataViewType;
        object read =
            wanted == column.Type.RawType ? GetterTypes.Call(typeof(MemberValue), nameof(Raw), [wanted], row, column)
            : wanted == typeof(string) && column.Type is TextDataViewType ? Text(row.GetGetter<ReadOnlyMemory<char>>(column))
            : wanted == typeof(string[]) && isVector && item == typeof(ReadOnlyMemory<char>) ? TextArray(row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column))
            : wanted == item.MakeArrayType() && isVector ? GetterTypes.Call(typeof(MemberValue), nameof(FromVector), [item], row, column)
            : null;
        return read is null ? null : GetterTypes.Call(owner, method, [wanted], [read, .. extra]);
    }

    private static Func<T> Raw<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        return () =>
        {
            T value = default;
            getter(ref value);
            return value;
        };
    }

    private static Func<string> Text(ValueGetter<ReadOnlyMemory<char>> getter) => () =>
    {
        ReadOnlyMemory<char> value = default;
        getter(ref value);
        return value.ToString();
    };

    private static Func<string[]> TextArray(ValueGetter<VBuffer<ReadOnlyMemory<char>>> getter) => () =>
    {
        VBuffer<ReadOnlyMemory<char>> value = default;
        getter(ref value);
        return [.. value.DenseValues().Select(text => text.ToString())];
    };

    private static Func<T[]> FromVector<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return () =>
        {
            getter(ref value);
            var array = new T[value.Length];
            value.CopyTo(array);
            return array;
        };
    }
}
