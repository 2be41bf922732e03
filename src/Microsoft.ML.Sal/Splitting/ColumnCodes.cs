using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Numbers the values of a column of any primitive type, in the order in which they first occur.</summary>
internal abstract class ColumnCodes
{
    private readonly DataViewSchema.Column _column;

    private ColumnCodes(DataViewSchema.Column column) => _column = column;

    /// <summary>Gets the code of the missing value (key 0, empty text or NaN), or null if no row had it.</summary>
    public abstract int? MissingCode { get; }

    /// <summary>Creates the codes of a column, read from a cursor.</summary>
    public static ColumnCodes Create(DataViewRow row, DataViewSchema.Column column)
    {
        MethodInfo create = typeof(ColumnCodes).GetMethod(nameof(CreateTyped), BindingFlags.NonPublic | BindingFlags.Static)!;
        return (ColumnCodes)create.MakeGenericMethod(column.Type.RawType).Invoke(null, [row, column])!;
    }

    /// <summary>Gets the code of the current row, from 0.</summary>
    public abstract int Read();

    /// <summary>Gets the values as text, in the order of their codes.</summary>
    public IReadOnlyList<string> GetNames()
    {
        // The key values say what the keys stand for.
        IReadOnlyList<string>? names = _column.Type is KeyDataViewType ? LabelNames.Read(_column) : null;
        return [.. GetValues().Select(value => names is not null && IndexOfKey(value) is var key && key < names.Count
            ? names[key]
            : LabelNames.Text(value))];
    }

    protected abstract IEnumerable<object> GetValues();

    // The missing key, 0, has no name.
    private static int IndexOfKey(object key) =>
        Convert.ToUInt64(key, null) is > 0 and <= int.MaxValue and var value ? (int)value - 1 : int.MaxValue;

    private static ColumnCodes CreateTyped<T>(DataViewRow row, DataViewSchema.Column column)
        where T : notnull
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        if (get is ValueGetter<ReadOnlyMemory<char>> getText)
        {
            // The memory may be the loader's buffer.
            return new Typed<string>(column, () => Text(getText), text => text.Length == 0);
        }

        bool isKey = column.Type is KeyDataViewType;
        T value = default!;
        return new Typed<T>(column, Value, IsMissing);

        T Value()
        {
            get(ref value);
            return value;
        }

        bool IsMissing(T value) => value switch
        {
            float number => float.IsNaN(number),
            double number => double.IsNaN(number),
            _ => isKey && value.Equals(default(T)),
        };
    }

    private static string Text(ValueGetter<ReadOnlyMemory<char>> get)
    {
        ReadOnlyMemory<char> text = default;
        get(ref text);
        return text.ToString();
    }

    private sealed class Typed<T>(DataViewSchema.Column column, Func<T> read, Func<T, bool> isMissing) : ColumnCodes(column)
        where T : notnull
    {
        private readonly Dictionary<T, int> _codes = [];
        private int? _missingCode;

        public override int? MissingCode => _missingCode;

        public override int Read()
        {
            T value = read();
            if (!_codes.TryGetValue(value, out int code))
            {
                code = _codes.Count;
                _codes.Add(value, code);
                _missingCode ??= isMissing(value) ? code : null;
            }

            return code;
        }

        // A dictionary from which nothing is removed keeps the order of insertion; ordered here, as that is not promised.
        protected override IEnumerable<object> GetValues() => _codes.OrderBy(pair => pair.Value).Select(pair => (object)pair.Key);
    }
}
