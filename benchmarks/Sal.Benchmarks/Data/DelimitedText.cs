using System.Globalization;
using System.Text;

namespace Sal.Benchmarks.Data;

/// <summary>Reads text tables: cells apart by commas, semicolons, tabs or spaces, quoted or not.</summary>
internal static class DelimitedText
{
    /// <summary>The cells of each line that is not empty. Quotes ("a,b", and "" for one quote) are removed; runs of spaces count once.</summary>
    public static List<string[]> Read(TextReader reader, char? separator = null)
    {
        var lines = new List<string[]>();
        while (reader.ReadLine() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                separator ??= Separator(line);
                lines.Add(Cells(line, separator.Value));
            }
        }

        return lines;
    }

    /// <summary>Rows of numbers with the class in one column, whose texts are numbered in their order: as numbers where they all are, else as text.</summary>
    /// <exception cref="InvalidDataException">A line has another number of cells, or a feature is no number; the message names line and cell.</exception>
    public static LabelledRows ToRows(IReadOnlyList<string[]> lines, int labelColumn)
    {
        int width = lines[0].Length;
        string[] texts = [.. lines.Select(line => line[Math.Min(labelColumn, line.Length - 1)]).Distinct()];
        string[] ordered = texts.All(text => IsNumber(text, out _))
            ? [.. texts.OrderBy(text => double.Parse(text, CultureInfo.InvariantCulture))]
            : [.. texts.Order(StringComparer.Ordinal)];
        Dictionary<string, int> classes = ordered.Index().ToDictionary(pair => pair.Item, pair => pair.Index);

        var features = new float[(long)lines.Count * (width - 1)];
        var labels = new int[lines.Count];
        long next = 0;
        foreach ((int row, string[] cells) in lines.Index())
        {
            if (cells.Length != width)
            {
                throw new InvalidDataException($"Row {row + 1} has {cells.Length} cells, but the first has {width}.");
            }

            labels[row] = classes[cells[labelColumn]];
            for (int column = 0; column < width; column++)
            {
                if (column != labelColumn)
                {
                    features[next++] = IsNumber(cells[column], out double value)
                        ? (float)value
                        : throw new InvalidDataException($"Row {row + 1}, column {column}: '{cells[column]}' is not a number. Features must be numeric.");
                }
            }
        }

        return new LabelledRows(features, labels, width - 1, ordered.Length);
    }

    private static bool IsNumber(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static char Separator(string line) => line.Contains(',') ? ',' : line.Contains(';') ? ';' : line.Contains('\t') ? '\t' : ' ';

    private static string[] Cells(string line, char separator)
    {
        if (!line.Contains('"'))
        {
            StringSplitOptions options = separator == ' ' ? StringSplitOptions.RemoveEmptyEntries : StringSplitOptions.None;
            return line.Split(separator, options | StringSplitOptions.TrimEntries);
        }

        var cells = new List<string>();
        var cell = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                if (isQuoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    cell.Append(line[++i]);
                }
                else
                {
                    isQuoted = !isQuoted;
                }
            }
            else if (line[i] == separator && !isQuoted)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else
            {
                cell.Append(line[i]);
            }
        }

        cells.Add(cell.ToString().Trim());
        return [.. cells];
    }
}
