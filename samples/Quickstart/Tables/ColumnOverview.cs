using System.Globalization;
using Spectre.Console;

namespace Quickstart.Tables;

/// <summary>Shows how each column of a file is treated.</summary>
internal static class ColumnOverview
{
    private const int LongestText = 100;

    public static void Show(CsvTable table, CellFormat format, IReadOnlyList<ColumnProfile> columns)
    {
        string separator = table.Separator switch
        {
            ',' => "commas",
            ';' => "semicolons",
            '\t' => "tabs",
            _ => "pipes",
        };
        string decimals = format.DecimalMark == ',' ? "decimal commas, " : "";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{table.File.Name}: {table.Rows.Count:N0} rows, {columns.Count} columns separated by {separator}, "
            + $"{decimals}{table.EncodingName}."));
        Table overview = new Table().Border(TableBorder.Rounded)
            .AddColumns(new TableColumn("Column"), new TableColumn("Used as").NoWrap(), new TableColumn("Values"))
            .AddColumn(new TableColumn("Missing").RightAligned().NoWrap());
        foreach (ColumnProfile column in columns)
        {
            overview.AddRow(
                new Text(column.Name),
                new Text(column.Kind switch
                {
                    ColumnKind.LeftOut => "left out",
                    _ => column.Kind.ToString().ToLowerInvariant(),
                }),
                new Text(OneLine(column.Values)),
                new Text(column.MissingCells == 0 ? "" : column.MissingCells.ToString("N0", CultureInfo.InvariantCulture)));
        }

        AnsiConsole.Write(overview);
    }

    private static string OneLine(string text)
    {
        string line = text.ReplaceLineEndings(" ");
        return line.Length <= LongestText ? line : $"{line[..LongestText]}...";
    }
}
