using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>Makes getters that map every key of a column, whatever integer type carries it; 0 is the missing key.</summary>
internal static class KeyGetter
{
    public static Delegate Make<TOut>(DataViewRow row, DataViewSchema.Column input, Func<ulong, TOut> map) =>
        (Delegate)GetterTypes.Call(typeof(KeyGetter), nameof(MakeGeneric), [input.Type.ItemType().RawType, typeof(TOut)], row, input, map);

    private static Delegate MakeGeneric<TKey, TOut>(DataViewRow row, DataViewSchema.Column input, Func<ulong, TOut> map)
        where TKey : IBinaryInteger<TKey> => ItemGetter.Make<TKey, TOut>(row, input, key => map(ulong.CreateTruncating(key)));
}
