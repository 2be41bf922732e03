using System.Text.Json;

namespace Sal.Benchmarks.Results;

/// <summary>Writes names, such as those of a user's files, so that they can be read back from a line of fields or from a table.</summary>
internal static class ResultField
{
    /// <summary>Writes the value of a field "name=value": as JSON text if it has blanks, quotes or equals signs.</summary>
    public static string Value(string text) =>
        text.Any(character => char.IsWhiteSpace(character) || character is '"' or '=') ? JsonSerializer.Serialize(text) : text;

    /// <summary>Writes a cell of a Markdown table.</summary>
    public static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
}
