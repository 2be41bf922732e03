namespace Microsoft.ML.Data;

public static class ColumnCursorExtensions
{
    /// <summary>The values of one column, read lazily.</summary>
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName) => data.GetColumn<T>(data.Schema[columnName]);

    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        ViewColumns.Checked(data.Schema, [column]);
        if (!CanRead<T>(column.Type))
        {
            throw new ArgumentOutOfRangeException(nameof(column), $"Cannot map column (name: {column.Name}, type: {column.Type}) in data to the user-defined type, {typeof(T)}.");
        }

        return Read<T>(data, column);
    }

    private static bool CanRead<T>(DataViewType type) =>
        typeof(T) == type.RawType
        || (typeof(T) == typeof(string) && type is TextDataViewType)
        || (type is VectorDataViewType vector && (typeof(T) == vector.ItemType.RawType.MakeArrayType() || (typeof(T) == typeof(string[]) && vector.ItemType is TextDataViewType)));

    private static IEnumerable<T> Read<T>(IDataView data, DataViewSchema.Column column)
    {
        using var cursor = data.GetRowCursor([column]);
        var read = (Func<T>)MemberValue.Bind(cursor, column, typeof(T), typeof(ColumnCursorExtensions), nameof(Same));
        while (cursor.MoveNext())
        {
            yield return read();
        }
    }

    private static Func<T> Same<T>(Func<T> read) => read;
}
