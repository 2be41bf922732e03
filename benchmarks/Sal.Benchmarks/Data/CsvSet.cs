using System.Globalization;
using Sal.Core.Data;

namespace Sal.Benchmarks.Data;

/// <summary>Reads a data set from a file of the user's.</summary>
internal static class CsvSet
{
    /// <summary>Reads the file.</summary>
    /// <param name="path">The path of a text file whose cells are separated by commas, semicolons, tabs, pipes or spaces.</param>
    /// <param name="labelColumn">The column of the class: its name in the header, or its number, from 0 or, backward, from -1.</param>
    /// <param name="hasHeader">Whether the first line names the columns.</param>
    /// <param name="trainingShare">The share of the rows of each class that train.</param>
    /// <param name="notes">Takes sentences on what the user should know about the rows.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="InvalidDataException">
    /// The file has no rows, a cell cannot be read, or the column holds no classes to tell apart.
    /// </exception>
    public static BenchmarkSet Read(string path, string labelColumn, bool hasHeader, double trainingShare, Action<string>? notes = null)
    {
        string file = Path.GetFileName(path);
        List<TextRow> rows = TextTable.Read(file, File.ReadAllBytes(path));
        if (rows.Count < (hasHeader ? 2 : 1))
        {
            throw new InvalidDataException($"'{file}' has no rows.");
        }

        string[]? header = hasHeader ? rows[0].Cells : null;
        int column = Column(labelColumn, header, rows[0].Cells.Length);
        var reader = new LabeledRowReader(file, column, header);
        rows = hasHeader ? rows[1..] : rows;
        LabeledRows labeled = reader.Read(rows);
        string label = header is null ? $"column {column}" : $"column '{header[column]}'";
        if (reader.LeftOut > 0)
        {
            notes?.Invoke($"{reader.LeftOut} of {rows.Count} rows were left out because a value is missing (empty, ?, NA, NaN or null).");
        }

        if (header is not null && header.All(name => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
        {
            notes?.Invoke("The first line was read as column names, as --header says, but holds only numbers.");
        }

        string name = Path.GetFileNameWithoutExtension(path);
        return Judged(new BenchmarkSet(name, labeled, InputScaling.PerFeature, TrainingRows: null, 1 - trainingShare), label, notes);
    }

    // Refuses a column that is no class before anything is trained on it.
    private static BenchmarkSet Judged(BenchmarkSet set, string label, Action<string>? notes)
    {
        LabeledRows rows = set.Rows;
        if (rows.ClassCount == 1)
        {
            throw new InvalidDataException(
                $"The label, {label}, is the same in all {rows.Count} rows. There must be two classes or more: "
                + "pick another column with --label-column.");
        }

        if (rows.ClassCount > rows.Count / 2)
        {
            throw new InvalidDataException(
                $"The label, {label}, has {rows.ClassCount} different values in {rows.Count} rows: that is no class. "
                + "Pick another with --label-column.");
        }

        RowSplit split = set.Split(0);
        if (split.Test.Length == 0)
        {
            throw new InvalidDataException(
                $"No row is left to test on: the largest class has {LargestClass(rows)} rows. Train on a smaller share with --split.");
        }

        int untested = rows.ClassCount - split.Test.Select(rows.Label).Distinct().Count();
        if (untested > 0)
        {
            notes?.Invoke($"{untested} of {rows.ClassCount} classes have too few rows to test on.");
        }

        return set;
    }

    private static int LargestClass(LabeledRows rows) =>
        Enumerable.Range(0, rows.Count).CountBy(rows.Label).Max(pair => pair.Value);

    // A name in the header takes precedence over a number.
    private static int Column(string label, string[]? header, int width)
    {
        int[] named = header is null ? [] : [.. header.Index().Where(pair => pair.Item == label).Select(pair => pair.Index)];
        if (named.Length > 1)
        {
            throw new ArgumentException(
                $"The header has '{label}' {named.Length} times: give the number of the column, {string.Join(" or ", named)}.");
        }

        if (named.Length == 1)
        {
            return named[0];
        }

        if (int.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            int column = number < 0 ? number + width : number;
            if (column >= 0 && column < width)
            {
                return column;
            }
        }

        throw new ArgumentException(
            $"There is no column '{label}'. " + (header is null
                ? $"Columns are numbered 0 to {width - 1}; names need --header."
                : $"The header has {string.Join(", ", header)}."));
    }
}
