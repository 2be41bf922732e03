namespace Microsoft.ML.Trainers.Sal;

/// <summary>Reads keys of any of the four types that a key can have.</summary>
internal static class LabelKey
{
    /// <summary>A getter of the key's value, counting from 1; 0 for a missing one.</summary>
    public static ValueGetter<ulong> Getter(DataViewRow row, DataViewSchema.Column column)
    {
        Type type = column.Type.RawType;
        return type == typeof(byte) ? Widen<byte>(row, column, static key => key)
            : type == typeof(ushort) ? Widen<ushort>(row, column, static key => key)
            : type == typeof(uint) ? Widen<uint>(row, column, static key => key)
            : row.GetGetter<ulong>(column);
    }

    private static ValueGetter<ulong> Widen<T>(DataViewRow row, DataViewSchema.Column column, Func<T, ulong> widen)
        where T : unmanaged
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T key = default;
        return (ref ulong value) =>
        {
            get(ref key);
            value = widen(key);
        };
    }
}
