using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>Makes getters that read a member of an object as a column value. Null text and arrays are empty. Objects count keys from 0, so the column's value is one more; numbers out of range are missing.</summary>
internal static class RowReader
{
    public static Delegate MakeGetter<TRow>(ColumnMember member, DataViewType type, Func<TRow> current)
    {
        if (type.ItemType().RawType != DataViewTypeExtensions.FromRawType(member.ItemType ?? member.Type)?.RawType || type is VectorDataViewType != member.IsVector)
        {
            throw new InvalidOperationException($"Can't bind the IDataView column of type '{type}' to field or property '{member.Info.Name}' of type '{member.Type}'.");
        }

        var item = type.ItemType().RawType;
        return member.Type == typeof(string) ? Text(member.MakeReader<TRow, string>(), current)
            : member.Type == typeof(string[]) ? TextArray(member.MakeReader<TRow, string[]>(), current)
            : type is KeyDataViewType key ? Call<TRow>(nameof(Key), item, member, current, key.Count)
            : member.Type.IsArray ? Call<TRow>(nameof(FromArray), item, member, current)
            : member.IsVector ? Call<TRow>(nameof(Vector), item, member, current)
            : Call<TRow>(nameof(Scalar), item, member, current);
    }

    private static Delegate Call<TRow>(string method, Type item, params object[] arguments) =>
        (Delegate)GetterTypes.Call(typeof(RowReader), method, [typeof(TRow), item], arguments);

    private static ValueGetter<ReadOnlyMemory<char>> Text<TRow>(Func<TRow, string> read, Func<TRow> current) =>
        (ref ReadOnlyMemory<char> value) => value = read(current()).AsMemory();

    private static ValueGetter<VBuffer<ReadOnlyMemory<char>>> TextArray<TRow>(Func<TRow, string[]> read, Func<TRow> current) =>
        (ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            var texts = read(current()) ?? [];
            value = new VBuffer<ReadOnlyMemory<char>>(texts.Length, Array.ConvertAll(texts, text => text.AsMemory()));
        };

    private static ValueGetter<T> Scalar<TRow, T>(ColumnMember member, Func<TRow> current)
    {
        var read = member.MakeReader<TRow, T>();
        return (ref T value) => value = read(current());
    }

    private static ValueGetter<T> Key<TRow, T>(ColumnMember member, Func<TRow> current, ulong count)
        where T : IBinaryInteger<T>
    {
        var read = member.MakeReader<TRow, T>();
        return (ref T value) =>
        {
            value = read(current());
            value = ulong.CreateTruncating(value) < count ? value + T.One : T.Zero;
        };
    }

    private static ValueGetter<VBuffer<T>> FromArray<TRow, T>(ColumnMember member, Func<TRow> current)
    {
        var read = member.MakeReader<TRow, T[]>();
        return (ref VBuffer<T> value) =>
        {
            var items = read(current()) ?? [];
            VBuffer<T>.Copy(items, 0, ref value, items.Length);
        };
    }

    private static ValueGetter<VBuffer<T>> Vector<TRow, T>(ColumnMember member, Func<TRow> current)
    {
        var read = member.MakeReader<TRow, VBuffer<T>>();
        return (ref VBuffer<T> value) => read(current()).CopyTo(ref value);
    }
}
