using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>Values as text, and text content as a dictionary key.</summary>
internal static class ValueText
{
    public static string Of<T>(T value) => value switch
    {
        ReadOnlyMemory<char> text => text.ToString(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>Equality by content; text memory compares by place otherwise.</summary>
    public static IEqualityComparer<T> Equality<T>() => (object)EqualityComparer<T>.Default is IEqualityComparer<ReadOnlyMemory<char>>
        ? (IEqualityComparer<T>)(object)new ByContent()
        : EqualityComparer<T>.Default;

    /// <summary>Numbers by size, text by character code.</summary>
    public static IComparer<T> Order<T>() => typeof(T) == typeof(ReadOnlyMemory<char>)
        ? (IComparer<T>)(object)new ByContent()
        : Comparer<T>.Default;

    private sealed class ByContent : IEqualityComparer<ReadOnlyMemory<char>>, IComparer<ReadOnlyMemory<char>>
    {
        public bool Equals(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<char> obj) => string.GetHashCode(obj.Span);

        public int Compare(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceCompareTo(y.Span);
    }
}
