using System.Globalization;
using Sal.Core.Data;

namespace Sal.Benchmarks.Data;

/// <summary>A set from a file of the user's.</summary>
internal static class CsvSet
{
    /// <summary>Reads the file.</summary>
    /// <param name="path">Text, cells apart by commas, semicolons, tabs or spaces.</param>
    /// <param name="labelColumn">The class: a column's name in the header, or its number from 0 (from -1 backwards).</param>
    /// <param name="hasHeader">Whether the first line names the columns.</param>
    /// <param name="trainingShare">The share of the rows of each class that train.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="InvalidDataException">The file is empty, or a cell cannot be read.</exception>
    public static BenchmarkSet Read(string path, string labelColumn, bool hasHeader, double trainingShare)
    {
        using var reader = new StreamReader(path);
        List<string[]> lines = DelimitedText.Read(reader);
        if (lines.Count < (hasHeader ? 2 : 1))
        {
            throw new InvalidDataException($"'{path}' has no rows.");
        }

        int column = Column(labelColumn, lines[0], hasHeader);
        LabelledRows rows = DelimitedText.ToRows(hasHeader ? lines[1..] : lines, column);
        return new BenchmarkSet(Path.GetFileNameWithoutExtension(path), rows, InputScaling.PerFeature, TrainingRows: null, 1 - trainingShare);
    }

    private static int Column(string label, string[] firstLine, bool hasHeader)
    {
        int column = hasHeader ? Array.IndexOf(firstLine, label) : -1;
        if (column < 0 && int.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out column) && column < 0)
        {
            column += firstLine.Length;
        }
        else if (column < 0)
        {
            column = -1;
        }

        if (column < 0 || column >= firstLine.Length || (!IsInteger(label) && (!hasHeader || firstLine[column] != label)))
        {
            throw new ArgumentException(
                $"There is no column '{label}'. " + (hasHeader ? $"The header has {string.Join(", ", firstLine)}." : $"Columns are numbered 0 to {firstLine.Length - 1}; names need --header."));
        }

        return column;
    }

    private static bool IsInteger(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
}
