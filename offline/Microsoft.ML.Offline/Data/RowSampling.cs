using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>
/// A fraction in [0, 1) for every row: a hash of the seed and the row's identity, or of the seed and a column's value,
/// so that rows with the same value stay together. It does not depend on the order in which rows are read.
/// </summary>
internal sealed class RowSampling(int seed, DataViewSchema.Column? key)
{
    public DataViewSchema.Column? Key => key;

    public Func<double> MakeFraction(DataViewRow row)
    {
        if (key is { } column)
        {
            var hash = (Func<ulong>)GetterTypes.Call(typeof(RowSampling), nameof(MakeValueHash), [column.Type.RawType], row, column);
            return () => ToFraction(hash());
        }

        var getter = row.GetIdGetter();
        return () =>
        {
            DataViewRowId id = default;
            getter(ref id);
            return ToFraction(id.Low + (id.High * 0x9E3779B97F4A7C15));
        };
    }

    private static Func<ulong> MakeValueHash<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);

            // FNV-1a over the text of the value: the same in every process, unlike GetHashCode.
            return ValueText.Of(value).Aggregate(14695981039346656037UL, (hash, c) => (hash ^ c) * 1099511628211UL);
        };
    }

    /// <summary>The finaliser of SplitMix64 spreads neighbouring numbers over the whole range.</summary>
    private double ToFraction(ulong identity)
    {
        var z = identity + (BitOperations.RotateLeft((ulong)(uint)seed * 0xD1342543DE82EF95, 17) ^ 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
