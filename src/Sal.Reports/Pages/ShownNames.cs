using System.Globalization;
using System.Text;

namespace Sal.Reports.Pages;

/// <summary>Writes names so that no two different ones look the same on a page.</summary>
internal static class ShownNames
{
    /// <summary>
    /// Writes what a reader would not see: blanks at an end or after a blank as ␣, other white space, control characters and combining
    /// marks by their numbers. An e with a combining accent would look like é.
    /// </summary>
    public static string Spell(string name)
    {
        var text = new StringBuilder();
        foreach ((int index, char character) in name.Index())
        {
            bool isOutside = index == 0 || index == name.Length - 1 || name[index - 1] == ' ';
            text.Append(character switch
            {
                ' ' => isOutside ? "␣" : " ",
                _ when IsUnseen(character) => $"‹U+{(int)character:X4}›",
                _ => character.ToString(),
            });
        }

        return text.ToString();
    }

    /// <summary>Cuts names in their middle to so many characters, except those that others would then equal, and escapes them.</summary>
    public static string[] Cut(IReadOnlyList<string> names, int length)
    {
        string[] cut = [.. names.Select(name => Markup.Cut(name, length))];
        HashSet<string> shared = [.. cut.CountBy(name => name).Where(count => count.Value > 1).Select(count => count.Key)];
        return [.. cut.Zip(names, (shown, name) => shared.Contains(shown) ? Markup.Text(name) : shown)];
    }

    private static bool IsUnseen(char character) => CharUnicodeInfo.GetUnicodeCategory(character) switch
    {
        UnicodeCategory.Control or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator => true,
        // Joiners shape Persian words and emoji.
        UnicodeCategory.Format => character is not ('\u200C' or '\u200D'),
        // Only marks that also exist within a letter: other scripts write vowels with marks.
        UnicodeCategory.NonSpacingMark => character is (>= '\u0300' and <= '\u036F') or '\u3099' or '\u309A',
        _ => false,
    };
}
