using System.Globalization;
using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Estimator;

/// <summary>
/// Reads columns of any type as text that is equal only for equal bits. Sparse vectors read like the dense vectors they
/// represent.
/// </summary>
internal sealed class RowTextReader
{
    private readonly DataViewRow _row;
    private readonly ValueGetter<DataViewRowId> _getId;
    private readonly (int Index, Func<string> Read)[] _columns;

    public RowTextReader(DataViewRow row, IEnumerable<DataViewSchema.Column> columns)
    {
        _row = row;
        _getId = row.GetIdGetter();
        _columns = [.. columns.Select(column => (column.Index, Reader(row, column)))];
    }

    public RowValues Read()
    {
        DataViewRowId id = default;
        _getId(ref id);
        return new RowValues(_row.Position, id, _columns.ToDictionary(column => column.Index, column => column.Read()));
    }

    /// <summary>Reads the value of an annotation as text.</summary>
    public static string ReadAnnotation(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation) =>
        Invoke<string>("ReadAnnotationOf", annotation.Type, annotations, annotation);

    private static Func<string> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        Assert.IsTrue(row.IsColumnActive(column), column.Name);
        return Invoke<Func<string>>("ReaderOf", column.Type, row, column);
    }

    private static TResult Invoke<TResult>(string method, DataViewType type, params object[] arguments)
    {
        string suffix = type is VectorDataViewType ? "Vector" : "Scalar";
        Type itemType = type is VectorDataViewType vector ? vector.ItemType.RawType : type.RawType;
        return (TResult)typeof(RowTextReader)
            .GetMethod(method + suffix, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(itemType).Invoke(null, arguments)!;
    }

    private static Func<string> ReaderOfScalar<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        return () =>
        {
            T value = default!;
            get(ref value);
            return Text(value);
        };
    }

    private static Func<string> ReaderOfVector<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<T>> get = row.GetGetter<VBuffer<T>>(column);
        int size = ((VectorDataViewType)column.Type).Size;
        VBuffer<T> values = default;
        return () =>
        {
            get(ref values);
            Assert.IsTrue(size == 0 || values.Length == size, $"{column.Name} is declared with {size} slots, but has {values.Length}.");
            return Text(values);
        };
    }

    private static string ReadAnnotationOfScalar<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        T value = default!;
        annotations.GetGetter<T>(annotation)(ref value);
        return Text(value);
    }

    private static string ReadAnnotationOfVector<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        VBuffer<T> values = default;
        annotations.GetGetter<VBuffer<T>>(annotation)(ref values);
        Assert.AreEqual(((VectorDataViewType)annotation.Type).Size, values.Length, annotation.Name);
        return Text(values);
    }

    private static string Text<T>(VBuffer<T> values) => $"[{string.Join('|', values.DenseValues().Select(Text))}]";

    private static string Text<T>(T value) => value switch
    {
        float number => BitConverter.SingleToUInt32Bits(number).ToString("x8", CultureInfo.InvariantCulture),
        double number => BitConverter.DoubleToUInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };
}
