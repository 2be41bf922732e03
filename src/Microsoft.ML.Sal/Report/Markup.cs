using System.Globalization;
using System.Net;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Text and numbers as HTML and SVG hold them: escaped, and the same in every culture.</summary>
internal static class Markup
{
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A text cut in its middle to a number of characters, escaped: names often differ at their ends.</summary>
    public static string Cut(string text, int length) => Text(text.Length <= length ? text : $"{text.AsSpan(0, length / 2)}…{text.AsSpan(text.Length - ((length - 1) / 2))}");

    /// <summary>A whole number with thousands separated.</summary>
    public static string Count(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A figure to read; a dash where there is none.</summary>
    public static string Number(double value, string format) => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "–";

    public static string Percent(double share, int digits = 1) =>
        double.IsFinite(share) ? (100 * share).ToString($"F{digits}", CultureInfo.InvariantCulture) + "\u202f%" : "–";

    /// <summary>A coordinate within a drawing.</summary>
    public static string Place(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
