namespace Microsoft.ML.Data;

/// <summary>What counts as missing in a value of a column type, and what stands for it.</summary>
internal static class MissingValue
{
    /// <summary>Empty text, NaN, key 0; other types have no missing value.</summary>
    public static Func<T, bool> Test<T>(PrimitiveDataViewType type)
    {
        Delegate test = type switch
        {
            TextDataViewType => static (ReadOnlyMemory<char> text) => text.IsEmpty,
            KeyDataViewType => static (T key) => EqualityComparer<T>.Default.Equals(key, default),
            _ when typeof(T) == typeof(float) => static (float number) => float.IsNaN(number),
            _ when typeof(T) == typeof(double) => static (double number) => double.IsNaN(number),
            _ => static (T _) => false,
        };
        return (Func<T, bool>)test;
    }

    /// <summary>NaN for real numbers, else the default.</summary>
    public static T Of<T>() =>
        typeof(T) == typeof(float) ? (T)(object)float.NaN
        : typeof(T) == typeof(double) ? (T)(object)double.NaN
        : default;
}
