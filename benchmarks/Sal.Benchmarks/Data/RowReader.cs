using System.Globalization;

namespace Sal.Benchmarks.Data;

/// <summary>Makes rows of numbers, with the class in one column, from lines of cells.</summary>
/// <param name="labelColumn">The column of the class, from 0.</param>
/// <param name="header">The columns' names; null where there are none.</param>
internal sealed class RowReader(int labelColumn, string[]? header = null)
{
    /// <summary>What stands for a missing value.</summary>
    private static readonly HashSet<string> Missing = new(StringComparer.OrdinalIgnoreCase) { "", "?", "NA", "N/A", "NaN", "null" };

    /// <summary>How many lines were left out because the class or a feature is missing.</summary>
    public int LeftOut { get; private set; }

    /// <summary>
    /// Reads the lines. The class's texts are numbered in their order: as numbers where they all are (1 and 1.0 are one class), else as text.
    /// Lines with a missing value are left out.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// A line has another number of cells, a feature is no finite number, or every line has a missing value; the message names line and column.
    /// </exception>
    public LabelledRows Read(IReadOnlyList<TextLine> lines)
    {
        int width = header?.Length ?? lines[0].Cells.Length;
        if (width < 2)
        {
            throw new InvalidDataException("There is only one column: a class and at least one feature are needed, apart by commas, semicolons, tabs or spaces.");
        }

        foreach (TextLine line in lines)
        {
            if (line.Cells.Length != width)
            {
                throw new InvalidDataException($"Line {line.Number} has {line.Cells.Length} cells, but the {(header is null ? "first line" : "header")} has {width}.");
            }
        }

        TextLine[] complete = [.. lines.Where(line => !line.Cells.Any(Missing.Contains))];
        LeftOut = lines.Count - complete.Length;
        if (complete.Length == 0)
        {
            (int column, int count) = Enumerable.Range(0, width).Select(c => (c, lines.Count(line => Missing.Contains(line.Cells[c])))).MaxBy(pair => pair.Item2);
            throw new InvalidDataException($"No row is complete: {Name(column)} is missing in {count} of {lines.Count}. Remove that column, or fill it.");
        }

        Dictionary<string, int> classes = Classes(complete);
        var features = new float[(long)complete.Length * (width - 1)];
        var labels = new int[complete.Length];
        long next = 0;
        foreach ((int row, TextLine line) in complete.Index())
        {
            labels[row] = classes[line.Cells[labelColumn]];
            for (int column = 0; column < width; column++)
            {
                if (column != labelColumn)
                {
                    features[next++] = Feature(line, column);
                }
            }
        }

        return new LabelledRows(features, labels, width - 1, classes.Values.Max() + 1);
    }

    private Dictionary<string, int> Classes(TextLine[] lines)
    {
        string[] texts = [.. lines.Select(line => line.Cells[labelColumn]).Distinct()];
        if (!texts.All(text => Number(text) is not null))
        {
            return texts.Order(StringComparer.Ordinal).Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        }

        double[] values = [.. texts.Select(text => Number(text)!.Value).Distinct().Order()];
        return texts.ToDictionary(text => text, text => Array.BinarySearch(values, Number(text)!.Value));
    }

    private float Feature(TextLine line, int column)
    {
        string text = line.Cells[column];
        if (Number(text) is not { } number)
        {
            bool isDecimalComma = Number(text.Replace(',', '.')) is not null;
            throw new InvalidDataException($"Line {line.Number}, {Name(column)}: '{text}' is not a number. " + (
                isDecimalComma ? "Decimals are written with a point."
                : header is null && line.Number == 1 ? "If the first line names the columns, say so with --header."
                : "Features must be numbers: write a column of text as one column of 0 and 1 for each of its values, or remove it."));
        }

        return float.IsFinite((float)number) ? (float)number : throw new InvalidDataException($"Line {line.Number}, {Name(column)}: '{text}' is beyond the range of a Single.");
    }

    private string Name(int column) => header is null ? $"column {column}" : $"column {column} ('{header[column]}')";

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;
}
