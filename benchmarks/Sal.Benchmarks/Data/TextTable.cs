using CsvHelper;

namespace Sal.Benchmarks.Data;

/// <summary>A row of a text table.</summary>
/// <param name="Line">The line on which it begins, counted from 1.</param>
/// <param name="Cells">Its cells, without quotes and surrounding blanks.</param>
internal readonly record struct TextRow(long Line, string[] Cells);

/// <summary>Reads text tables whose cells are separated by commas, semicolons, tabs, pipes or spaces.</summary>
internal static class TextTable
{
    private static readonly CsvReaderOptions Options = new()
    {
        HasHeader = false,
        TrackLineNumbers = true,
        TrimWhitespace = true,
        TrimInsideQuotes = true,
        PoolStrings = true,
        ShouldSkipRecord = reader => !reader.RawRecord.ContainsAnyExcept(" \t"u8),
    };

    /// <summary>Reads all rows; blank lines are none. A run of spaces separates once.</summary>
    /// <param name="file">The name of the file, for messages.</param>
    /// <param name="text">The content of the file.</param>
    /// <param name="separator">The separator; null detects it.</param>
    /// <exception cref="InvalidDataException">A quoted cell is not closed, or goes on after its closing quote.</exception>
    public static List<TextRow> Read(string file, byte[] text, char? separator = null)
    {
        char known = separator ?? SeparatorOf(text);
        using CsvReader reader = CsvReader.Create(text, Options with
        {
            Separator = known,
            OnMalformedRecord = record => RefuseBrokenQuotes(file, record),
        });
        var rows = new List<TextRow>();
        while (reader.Read())
        {
            // The space before a space ends an empty cell, which is none; "" is one.
            IEnumerable<int> cells = Enumerable.Range(0, reader.FieldCount).Where(cell => known != ' ' || !reader.GetRawSpan(cell).IsEmpty);
            rows.Add(new TextRow(reader.LineNumber, [.. cells.Select(reader.GetString)]));
        }

        return rows;
    }

    // CsvHelper detects all but spaces.
    private static char SeparatorOf(byte[] text)
    {
        using CsvReader reader = CsvReader.Create(text, Options);
        return reader.Read() && reader.FieldCount == 1 ? ' ' : reader.Separator;
    }

    private static void RefuseBrokenQuotes(string file, CsvMalformedRecord record)
    {
        // A quote inside a cell without quotes (5" disk) is text.
        string? problem = record.Reason switch
        {
            CsvMalformedReason.UnterminatedQuote => "the quote is not closed",
            CsvMalformedReason.TextAfterClosingQuote => "text follows a closing quote; write a quote within quotes twice",
            _ => null,
        };
        if (problem is not null)
        {
            throw new InvalidDataException($"'{file}', line {record.LineNumber}: {problem}.");
        }
    }
}
