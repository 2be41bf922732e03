using System.Globalization;
using System.Net;

namespace Sal.Reports.Pages;

/// <summary>Formats text and numbers for HTML and SVG: escaped, and the same in every culture.</summary>
internal static class Markup
{
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Cuts a text in its middle to a number of characters, because names often differ at their ends, and escapes it.</summary>
    public static string Cut(string text, int length) =>
        Text(text.Length <= length ? text : $"{text.AsSpan(0, length / 2)}…{text.AsSpan(text.Length - ((length - 1) / 2))}");

    /// <summary>Formats a whole number with thousands separators.</summary>
    public static string Count(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Formats a figure to read; a dash if it is not finite.</summary>
    public static string Number(double value, string format) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "–";

    /// <summary>Formats a share as a percentage; a dash if it is not finite.</summary>
    public static string Percent(double share, int digits = 1) =>
        double.IsFinite(share) ? (100 * share).ToString($"F{digits}", CultureInfo.InvariantCulture) + "\u202f%" : "–";

    /// <summary>Formats a coordinate within a drawing, or another number that only a browser reads.</summary>
    public static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
