namespace Sal.Tests;

/// <summary>
/// Class names that differ in what is not seen (blanks, Unicode form) or have characters that separate or end fields and lines.
/// </summary>
internal static class LookalikeNames
{
    public static string[] All { get; } =
    [
        "a b", "a  b", " a b", "a b ", "a\tb", "a\u00A0b", "a\u200Bb", "\u00E9", "e\u0301",
        "bread, cakes", "say \"hi\"", "two\nlines", "two\r\nlines", "two lines", "x|y",
    ];
}
