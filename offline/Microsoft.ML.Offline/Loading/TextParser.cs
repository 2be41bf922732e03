using System.Globalization;
using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>Parses fields. A real number that cannot be parsed is NaN; an empty field is the type's default.</summary>
internal static class TextParser
{
    /// <summary>Says whether the text is a value of T, or empty.</summary>
    public delegate bool TryParse<T>(ReadOnlyMemory<char> text, out T value);

    public static double ToDouble(ReadOnlySpan<char> text) =>
        text.IsEmpty ? 0 : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;

    public static float ToSingle(ReadOnlySpan<char> text) =>
        text.IsEmpty ? 0 : float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : float.NaN;

    public static TryParse<T> For<T>(PrimitiveDataViewType type, TextLoader.Options options)
    {
        Delegate parse = type switch
        {
            TextDataViewType => (TryParse<ReadOnlyMemory<char>>)Text,
            BooleanDataViewType => (TryParse<bool>)Boolean,
            KeyDataViewType key => GetterTypes.Call(typeof(TextParser), nameof(MakeKey), [typeof(T)], key.Count) as Delegate,
            _ when typeof(T) == typeof(float) => MakeReal(text => ToSingle(text.Span), float.NaN, options),
            _ when typeof(T) == typeof(double) => MakeReal(text => ToDouble(text.Span), double.NaN, options),
            _ => GetterTypes.Call(typeof(TextParser), nameof(MakeInteger), [typeof(T)]) as Delegate,
        };
        return (TryParse<T>)parse;
    }

    private static bool Text(ReadOnlyMemory<char> text, out ReadOnlyMemory<char> value)
    {
        value = text;
        return true;
    }

    private static bool Boolean(ReadOnlyMemory<char> text, out bool value)
    {
        var word = text.ToString().ToUpperInvariant();
        value = word is "TRUE" or "T" or "YES" or "Y" or "1" or "+1" or "+";
        return value || word is "" or "FALSE" or "F" or "NO" or "N" or "0" or "-1" or "-";
    }

    private static TryParse<T> MakeReal<T>(Func<ReadOnlyMemory<char>, T> parse, T missing, TextLoader.Options options) =>
        (ReadOnlyMemory<char> text, out T value) =>
        {
            value = text.IsEmpty && options.MissingRealsAsNaNs ? missing
                : options.DecimalMarker == ',' ? parse(text.ToString().Replace('.', ' ').Replace(',', '.').AsMemory())
                : parse(text);
            return true;
        };

    private static TryParse<T> MakeInteger<T>()
        where T : IBinaryInteger<T> =>
        (ReadOnlyMemory<char> text, out T value) =>
        {
            value = T.Zero;
            return text.IsEmpty || T.TryParse(text.Span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        };

    /// <summary>Text counts keys from 0; anything out of range, or no number, is missing.</summary>
    private static TryParse<T> MakeKey<T>(ulong count)
        where T : IBinaryInteger<T> =>
        (ReadOnlyMemory<char> text, out T value) =>
        {
            var known = ulong.TryParse(text.Span, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < count;
            value = known ? T.CreateTruncating(index + 1) : T.Zero;
            return true;
        };
}
