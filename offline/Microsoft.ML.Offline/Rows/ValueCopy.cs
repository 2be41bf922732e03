namespace Microsoft.ML.Data;

/// <summary>Copies a value so that the receiver owns it: vectors are copied into the receiver's arrays.</summary>
internal static class ValueCopy<T>
{
    public delegate void Copier(in T source, ref T destination);

    public static Copier Instance { get; } = Make();

    private static Copier Make() =>
        typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(VBuffer<>)
            ? (Copier)GetterTypes.Call(typeof(ValueCopy<T>), nameof(MakeVector), [typeof(T).GetGenericArguments()[0]])
            : static (in T source, ref T destination) => destination = source;

    private static ValueCopy<VBuffer<TItem>>.Copier MakeVector<TItem>() =>
        static (in VBuffer<TItem> source, ref VBuffer<TItem> destination) => source.CopyTo(ref destination);
}
