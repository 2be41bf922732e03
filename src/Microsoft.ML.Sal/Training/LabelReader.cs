using Microsoft.ML.Data;
using Sal.Core.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Reads labels: the one reader for training, validation, evaluation and area profiles, of keys of any of the four possible types.
/// </summary>
/// <param name="row">The row, or the cursor, to read from.</param>
/// <param name="column">The label column.</param>
internal sealed class LabelReader(DataViewRow row, DataViewSchema.Column column)
{
    private readonly ValueGetter<ulong> _get = CreateGetter(row, column);
    private readonly ulong _classCount = (ulong)CountClasses(column);
    private ulong _key;

    /// <summary>Counts the classes of a label column, which is a key.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are too many classes.</exception>
    /// <exception cref="InvalidOperationException">The key has no values.</exception>
    public static int CountClasses(DataViewSchema.Column column)
    {
        ulong count = ((KeyDataViewType)column.Type).Count;
        return count switch
        {
            0 => throw new InvalidOperationException(
                $"The label column '{column.Name}' is a key without values: no row that MapValueToKey was fitted on has a label. "
                + "Check the column's index and the separator of the loader."),
            > TrainingSetBuilder.MaximumClassCount => throw new ArgumentOutOfRangeException(
                paramName: null,
                $"The label column '{column.Name}' has {count} classes; at most {TrainingSetBuilder.MaximumClassCount} are possible."),
            _ => (int)count,
        };
    }

    /// <summary>Reads the class of the current row, from 0; negative if its label is missing.</summary>
    public int Read()
    {
        // Keys count from 1, and 0 is a missing label.
        _get(ref _key);
        return _key <= _classCount ? (int)_key - 1 : -1;
    }

    private static ValueGetter<ulong> CreateGetter(DataViewRow row, DataViewSchema.Column column)
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
