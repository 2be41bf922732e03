using System.Globalization;

namespace Sal.Benchmarks.Data;

/// <summary>Makes rows of numbers, with the class in one column, from rows of text.</summary>
/// <param name="file">The name of the file, for messages.</param>
/// <param name="labelColumn">The column of the class, from 0.</param>
/// <param name="header">The names of the columns; null if there are none.</param>
internal sealed class LabeledRowReader(string file, int labelColumn, string[]? header = null)
{
    // The marks of a missing value.
    private static readonly HashSet<string> Missing = new(StringComparer.OrdinalIgnoreCase) { "", "?", "NA", "N/A", "NaN", "null" };

    /// <summary>Gets the number of rows that were left out because the class or a feature is missing.</summary>
    public int LeftOut { get; private set; }

    /// <summary>
    /// Reads the rows. The classes are numbered in their order: as numbers if they all are (1 and 1.0 are one class), else as text. Rows
    /// with a missing value are left out.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// The rows differ in their number of cells, a feature is no finite number, or every row has a missing value; the message names the
    /// file, and line and column where there are any.
    /// </exception>
    public LabeledRows Read(IReadOnlyList<TextRow> rows)
    {
        int width = header?.Length ?? rows[0].Cells.Length;
        if (width < 2)
        {
            throw new InvalidDataException(
                $"'{file}' has one column only. It needs a class and at least one feature, "
                + "separated by commas, semicolons, tabs, pipes or spaces.");
        }

        foreach (TextRow row in rows)
        {
            if (row.Cells.Length != width)
            {
                string first = header is null ? "first line" : "header";
                throw Error(row, $"the row has {row.Cells.Length} cells, but the {first} has {width}.");
            }
        }

        TextRow[] complete = [.. rows.Where(row => !row.Cells.Any(Missing.Contains))];
        LeftOut = rows.Count - complete.Length;
        if (complete.Length == 0)
        {
            (int column, int count) = Enumerable.Range(0, width)
                .Select(column => (Column: column, Count: rows.Count(row => Missing.Contains(row.Cells[column]))))
                .MaxBy(pair => pair.Count);
            throw new InvalidDataException(
                $"'{file}' has no complete row: {Name(column)} is missing in {count} of {rows.Count}. Remove that column, or fill it in.");
        }

        Dictionary<string, int> classes = Classes(complete);
        var features = new float[(long)complete.Length * (width - 1)];
        var labels = new int[complete.Length];
        long next = 0;
        foreach ((int index, TextRow row) in complete.Index())
        {
            labels[index] = classes[row.Cells[labelColumn]];
            for (int column = 0; column < width; column++)
            {
                if (column != labelColumn)
                {
                    features[next++] = Feature(row, column);
                }
            }
        }

        return new LabeledRows(features, labels, width - 1, classes.Values.Max() + 1);
    }

    private Dictionary<string, int> Classes(TextRow[] rows)
    {
        string[] texts = [.. rows.Select(row => row.Cells[labelColumn]).Distinct()];
        if (!texts.All(text => Number(text) is not null))
        {
            return texts.Order(StringComparer.Ordinal).Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        }

        double[] values = [.. texts.Select(text => Number(text)!.Value).Distinct().Order()];
        return texts.ToDictionary(text => text, text => Array.BinarySearch(values, Number(text)!.Value));
    }

    private float Feature(TextRow row, int column)
    {
        string text = row.Cells[column];
        if (Number(text) is not { } number)
        {
            string remedy = Number(text.Replace(',', '.')) is not null ? "Write decimals with a point."
                : header is null && row.Line == 1 ? "If the first line names the columns, say so with --header."
                : "Features must be numbers: write a text column as one column of 0 and 1 per value, or remove it.";
            throw Error(row, $"{Name(column)}: '{text}' is not a number. {remedy}");
        }

        return float.IsFinite((float)number)
            ? (float)number
            : throw Error(row, $"{Name(column)}: '{text}' is beyond the range of a Single.");
    }

    private InvalidDataException Error(TextRow row, string problem) => new($"'{file}', line {row.Line}: {problem}");

    private string Name(int column) => header is null ? $"column {column}" : $"column {column} ('{header[column]}')";

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;
}
