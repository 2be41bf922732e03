using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Holds the values of a column, so that rows can be given those of other rows.</summary>
internal abstract class ColumnValues
{
    /// <summary>Reads a column of a primitive type or of vectors.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="column">The column.</param>
    /// <param name="rowCount">The number of rows to read.</param>
    public static ColumnValues Read(IDataView data, DataViewSchema.Column column, int rowCount)
    {
        (string method, Type type) = column.Type is VectorDataViewType vector
            ? (nameof(ReadVectors), vector.ItemType.RawType)
            : (nameof(ReadScalars), column.Type.RawType);
        MethodInfo read = typeof(ColumnValues).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!;
        return (ColumnValues)read.MakeGenericMethod(type).Invoke(null, [data, column, rowCount])!;
    }

    /// <summary>Creates a getter, a <see cref="ValueGetter{TValue}"/>, of the value of a row.</summary>
    /// <param name="row">Gets the row to take the value from.</param>
    public abstract Delegate CreateGetter(Func<long> row);

    private static Typed<T> ReadScalars<T>(IDataView data, DataViewSchema.Column column, int rowCount) =>
        Read<T>(data, column, rowCount, static (in T source, ref T target) => target = source);

    private static Typed<VBuffer<T>> ReadVectors<T>(IDataView data, DataViewSchema.Column column, int rowCount) =>
        Read<VBuffer<T>>(data, column, rowCount, static (in VBuffer<T> source, ref VBuffer<T> target) => source.CopyTo(ref target));

    private static Typed<T> Read<T>(IDataView data, DataViewSchema.Column column, int rowCount, Copy<T> copy)
    {
        var values = new T[rowCount];
        T value = default!;
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        ValueGetter<T> get = cursor.GetGetter<T>(column);
        for (int row = 0; row < rowCount && cursor.MoveNext(); row++)
        {
            get(ref value);
            copy(in value, ref values[row]);
        }

        return new Typed<T>(values, copy);
    }

    private delegate void Copy<T>(in T source, ref T target);

    // The reader of a row owns the value that it gets: vectors are copied on the way in and on the way out.
    private sealed class Typed<T>(T[] values, Copy<T> copy) : ColumnValues
    {
        public override Delegate CreateGetter(Func<long> row) =>
            (ValueGetter<T>)((ref T value) => copy(in values[row()], ref value));
    }
}
