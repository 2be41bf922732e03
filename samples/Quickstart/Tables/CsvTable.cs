using CsvHelper;

namespace Quickstart.Tables;

/// <summary>Represents a row of a CSV file: the line on which it begins, counted from 1, and its trimmed cells.</summary>
internal sealed record CsvRow(long Line, string[] Cells);

/// <summary>
/// Holds a CSV file with a header in memory. CsvHelper detects the separator (comma, semicolon, tab or pipe) and resolves the quotes.
/// </summary>
internal sealed class CsvTable
{
    private CsvTable(FileInfo file, string[] columns, IReadOnlyList<CsvRow> rows, char separator, string encodingName) =>
        (File, Columns, Rows, Separator, EncodingName) = (file, columns, rows, separator, encodingName);

    public FileInfo File { get; }

    public string[] Columns { get; }

    public IReadOnlyList<CsvRow> Rows { get; }

    public char Separator { get; }

    public string EncodingName { get; }

    public static CsvTable Read(FileInfo file)
    {
        CsvContent content = CsvContent.Read(file);
        using CsvReader reader = CsvReader.Create(content.Bytes, new CsvReaderOptions
        {
            HasHeader = false,
            TrackLineNumbers = true,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            PoolStrings = true,
            DetectSeparatorHint = true,
            Encoding = content.Encoding,
            OnMalformedRecord = record => RefuseBrokenQuotes(file, record),
        });
        string[] columns = ReadHeader(file, reader);
        var rows = new List<CsvRow>();
        while (reader.Read())
        {
            string[] cells = ReadCells(reader);
            if (cells.Length != columns.Length)
            {
                throw new UserErrorException(
                    $"'{file.Name}', line {reader.LineNumber}: "
                    + $"the row has {(cells.Length == 1 ? "1 field" : $"{cells.Length} fields")}, but the header has {columns.Length}. "
                    + "A field that contains the separator, a quote or a line break must be enclosed in quotes.");
            }

            rows.Add(new CsvRow(reader.LineNumber, cells));
        }

        return rows.Count > 0
            ? new CsvTable(file, columns, rows, reader.Separator, content.Encoding.WebName)
            : throw new UserErrorException($"'{file.Name}' has a header, but no rows.");
    }

    /// <summary>Gets the position of a column, or throws an error that lists the existing columns.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="context">The start of the error message: the option, or the reason why the column is needed.</param>
    public int IndexOf(string column, string context)
    {
        int index = Array.IndexOf(Columns, column);
        return index >= 0
            ? index
            : throw new UserErrorException($"{context}: '{File.Name}' has no column '{column}'.{NearestName.Hint(column, Columns)}");
    }

    private static string[] ReadHeader(FileInfo file, CsvReader reader)
    {
        if (!reader.Read())
        {
            throw new UserErrorException($"'{file.Name}' is empty.");
        }

        // R writes row names under an empty header, and spreadsheets leave empty columns.
        string[] columns = [.. ReadCells(reader).Select((name, index) => name.Length > 0 ? name : $"column {index + 1}")];
        if (columns.Length == 1)
        {
            throw new UserErrorException(
                $"'{file.Name}', line {reader.LineNumber}: the header has one column only, '{Shorten(columns[0])}'. "
                + "Columns must be separated by commas, semicolons, tabs or pipes.");
        }

        if (columns.CountBy(name => name).FirstOrDefault(name => name.Value > 1).Key is { } twice)
        {
            throw new UserErrorException(
                $"'{file.Name}', line {reader.LineNumber}: there is more than one column '{twice}'. Rename all but one.");
        }

        return columns;
    }

    private static string[] ReadCells(CsvReader reader) => [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];

    private static void RefuseBrokenQuotes(FileInfo file, CsvMalformedRecord record)
    {
        // A stray quote in an unquoted field (5" pipe) is unambiguous.
        string? problem = record.Reason switch
        {
            CsvMalformedReason.UnterminatedQuote => "a quoted field begins here that is never closed",
            CsvMalformedReason.TextAfterClosingQuote =>
                "text follows the closing quote of a field; quotes within a quoted field must be doubled",
            _ => null,
        };
        if (problem is not null)
        {
            throw new UserErrorException($"'{file.Name}', line {record.LineNumber}: {problem}.");
        }
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : $"{text[..60]}...";
}
