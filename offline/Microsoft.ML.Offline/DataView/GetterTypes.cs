using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Crossing from types known at run time to the generic getters.</summary>
internal static class GetterTypes
{
    public static ValueGetter<TValue> Cast<TValue>(Delegate getter, DataViewSchema.Column column) =>
        getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}' of column '{column.Name}'.");

    /// <summary>Calls the static generic method <paramref name="name"/> of <paramref name="owner"/> with the type arguments given.</summary>
    public static object Call(Type owner, string name, Type[] typeArguments, params object[] arguments) =>
        owner.GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!
            .MakeGenericMethod(typeArguments)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    /// <summary>The getter of a column whose type is known only at run time.</summary>
    public static Delegate GetUntyped(DataViewRow row, DataViewSchema.Column column) =>
        (Delegate)Call(typeof(GetterTypes), nameof(Get), [column.Type.RawType], row, column);

    private static ValueGetter<T> Get<T>(DataViewRow row, DataViewSchema.Column column) => row.GetGetter<T>(column);
}
