using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Holds the values that some rows have in a column of a primitive type or of vectors.</summary>
internal abstract class ColumnValues
{
    /// <summary>Creates a store without values.</summary>
    /// <param name="input">The row, or the cursor, whose values <see cref="Read"/> takes.</param>
    /// <param name="column">The column.</param>
    public static ColumnValues Create(DataViewRow input, DataViewSchema.Column column)
    {
        (string method, Type type) = column.Type is VectorDataViewType vector
            ? (nameof(ReadVectors), vector.ItemType.RawType)
            : (nameof(ReadScalars), column.Type.RawType);
        MethodInfo create = typeof(ColumnValues).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!;
        return (ColumnValues)create.MakeGenericMethod(type)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [input, column], culture: null)!;
    }

    /// <summary>Keeps the value of the input's current row.</summary>
    /// <param name="row">Where to keep it, from 0: at most the number of rows that are kept already. A value there is replaced.</param>
    /// <returns>The number of items that the value consists of.</returns>
    public abstract int Read(int row);

    /// <summary>Creates a getter, a <see cref="ValueGetter{TValue}"/>, of the value of a row.</summary>
    /// <param name="row">Gets the row to take the value from.</param>
    public abstract Delegate CreateGetter(Func<int> row);

    /// <summary>Creates a store of values that are not vectors.</summary>
    public static ColumnValues<T> CreateForScalars<T>(ValueGetter<T> get) =>
        new(get, static (in T source, ref T target) => target = source, static (in T _) => 1);

    /// <summary>Creates a store of vectors.</summary>
    public static ColumnValues<VBuffer<T>> CreateForVectors<T>(ValueGetter<VBuffer<T>> get) => new(
        get,
        static (in VBuffer<T> source, ref VBuffer<T> target) => source.CopyTo(ref target),
        static (in VBuffer<T> value) => value.GetValues().Length);

    private static ColumnValues<T> ReadScalars<T>(DataViewRow input, DataViewSchema.Column column) =>
        CreateForScalars(input.GetGetter<T>(column));

    private static ColumnValues<VBuffer<T>> ReadVectors<T>(DataViewRow input, DataViewSchema.Column column) =>
        CreateForVectors(input.GetGetter<VBuffer<T>>(column));
}

/// <inheritdoc cref="ColumnValues"/>
/// <param name="get">Gets the value of the input's current row.</param>
/// <param name="copy">Copies a value. The reader of a row owns the value that it gets.</param>
/// <param name="count">Counts the items of a value.</param>
internal sealed class ColumnValues<T>(ValueGetter<T> get, ColumnValues<T>.Copy copy, ColumnValues<T>.Count count) : ColumnValues
{
    private T[] _values = new T[1];

    internal delegate void Copy(in T source, ref T target);

    internal delegate int Count(in T value);

    /// <summary>Gets the value of a row, to be read only.</summary>
    public ref readonly T this[int row] => ref _values[row];

    public override int Read(int row)
    {
        if (row == _values.Length)
        {
            Array.Resize(ref _values, 2 * row);
        }

        get(ref _values[row]);
        return count(in _values[row]);
    }

    public override Delegate CreateGetter(Func<int> row) => (ValueGetter<T>)((ref T value) => copy(in _values[row()], ref value));
}
