using System.Text;
using System.Text.Unicode;

namespace Quickstart.Tables;

/// <summary>Reads the bytes of a CSV file, refuses other file formats, and detects the encoding.</summary>
internal sealed record CsvContent(byte[] Bytes, Encoding Encoding)
{
    public static CsvContent Read(FileInfo file)
    {
        if (!file.Exists)
        {
            throw new UserErrorException($"There is no file '{file.FullName}'.");
        }

        byte[] bytes = File.ReadAllBytes(file.FullName);
        Encoding encoding = DetectEncoding(bytes);
        string start = encoding.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 8_000))).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (start.Length == 0)
        {
            throw new UserErrorException($"'{file.Name}' is empty.");
        }

        if (OtherFormat(start) is { } format)
        {
            throw new UserErrorException(
                $"'{file.Name}' is not a CSV file but {format}. "
                + "A CSV file has a header line with the names of the columns, and then one line per row.");
        }

        return new CsvContent(bytes, encoding);
    }

    private static Encoding DetectEncoding(byte[] bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ when Utf8.IsValid(bytes) => Encoding.UTF8,
        // The encoding of CSV files saved by spreadsheets in Western Europe and America.
        _ => CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
    };

    private static string? OtherFormat(string start) => start switch
    {
        ['P', 'K', '\u0003', '\u0004', ..] => "a zip archive or a workbook (.xlsx; save the sheet as CSV)",
        ['\u001F', ..] => "a compressed file (unpack it first)",
        _ when start.StartsWith("%PDF", StringComparison.Ordinal) => "a PDF document",
        _ when start.Any(character => char.IsControl(character) && !char.IsWhiteSpace(character)) => "a binary file",
        ['<', ..] => "HTML or XML",
        ['{', ..] or ['[', ..] when start[1..].TrimStart() is ['{' or '[' or ']' or '}' or '"', ..] => "JSON",
        _ => null,
    };
}
