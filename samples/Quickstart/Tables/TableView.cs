using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace Quickstart.Tables;

/// <summary>
/// Creates a data view of the rows of a CSV file. A <see cref="DataFrame"/> is an <see cref="IDataView"/> whose columns are known only at
/// run time. A missing number is NaN, a missing text is empty, and a missing date is the earliest one.
/// </summary>
internal static class TableView
{
    public static IDataView Create(CsvTable table, IEnumerable<CsvRow> rows, IEnumerable<InputColumn> columns, CellFormat format) =>
        new DataFrame(columns.Select(column => Read(table, rows, column, format)));

    private static DataFrameColumn Read(CsvTable table, IEnumerable<CsvRow> rows, InputColumn column, CellFormat format)
    {
        return column.Kind switch
        {
            ColumnKind.Number => new SingleDataFrameColumn(column.Name, rows.Select(Number)),
            ColumnKind.Date => new DateTimeDataFrameColumn(column.Name, rows.Select(Date)),
            _ => new StringDataFrameColumn(column.Name, rows.Select(row => format.IsMissing(Cell(row)) ? "" : Cell(row))),
        };

        string Cell(CsvRow row) => row.Cells[column.Index];

        float Number(CsvRow row) =>
            format.IsMissing(Cell(row)) ? float.NaN
            : format.TryReadNumber(Cell(row), out float number) ? number
            : throw Unreadable(row, "number");

        DateTime Date(CsvRow row) =>
            format.IsMissing(Cell(row)) ? default
            : CellFormat.TryReadDate(Cell(row), out DateTime date) ? date
            : throw Unreadable(row, "date");

        UserErrorException Unreadable(CsvRow row, string kind) => new(
            $"'{table.File.Name}', line {row.Line}: '{Cell(row)}' in the column '{column.Name}' is not a {kind}, "
            + $"but the model was trained with {kind}s there. "
            + $"Correct it, or, if it stands for a missing cell, add --missing \"{Cell(row)}\".");
    }
}
