namespace Microsoft.ML.Trainers.Sal;

/// <summary>Reads label keys of any of the four possible types.</summary>
internal static class LabelKey
{
    /// <summary>Creates a getter of the key's value, which counts from 1; 0 is a missing label.</summary>
    public static ValueGetter<ulong> CreateGetter(DataViewRow row, DataViewSchema.Column column)
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
