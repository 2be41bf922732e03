using System.Text;

namespace Sal.Benchmarks.Data;

/// <summary>Reads the cells of text tables: apart by tabs, semicolons, commas or spaces, quoted or not.</summary>
internal static class DelimitedText
{
    private const int LinesToJudgeBy = 20;

    // In the order in which they are thought of: decimal commas are found in tables of semicolons, not the other way round.
    private static readonly char[] Separators = ['\t', ';', ',', ' '];

    /// <summary>The lines that are not empty. Quotes ("a,b", and "" for one quote) are removed, and may hold line ends; runs of spaces count once.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="separator">What is between cells; null judges by the first lines.</param>
    /// <exception cref="InvalidDataException">A quote is not closed.</exception>
    public static List<TextLine> Read(TextReader reader, char? separator = null)
    {
        List<(int Number, string Text)> lines = Lines(reader);
        char between = separator ?? Separator([.. lines.Take(LinesToJudgeBy).Select(line => line.Text)]);
        return [.. lines.Select(line => new TextLine(line.Number, Cells(line.Text, between)))];
    }

    private static List<(int Number, string Text)> Lines(TextReader reader)
    {
        var lines = new List<(int, string)>();
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            int first = ++number;
            while (HasOpenQuote(line))
            {
                string next = reader.ReadLine() ?? throw new InvalidDataException($"The quote in line {first} is not closed.");
                line += "\n" + next;
                number++;
            }

            if (!string.IsNullOrWhiteSpace(line))
            {
                lines.Add((first, line));
            }
        }

        return lines;
    }

    private static bool HasOpenQuote(string line)
    {
        bool isQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                isQuoted = !isQuoted && (i == 0 || Separators.Contains(line[i - 1]) || line[i - 1] == '"'); // in 5" it is no quote
            }
        }

        return isQuoted;
    }

    // The first that every line has as often; if there is none, the first that the first line has.
    private static char Separator(string[] lines)
    {
        int[][] counts = [.. Separators.Select(separator => (int[])[.. lines.Select(line => Cells(line, separator).Length)])];
        int found = Array.FindIndex(counts, cells => cells.Length > 0 && cells[0] > 1 && cells.All(count => count == cells[0]));
        found = found >= 0 ? found : Array.FindIndex(counts, cells => cells.Length > 0 && cells[0] > 1);
        return found >= 0 ? Separators[found] : ',';
    }

    private static string[] Cells(string line, char separator)
    {
        if (!line.Contains('"'))
        {
            StringSplitOptions options = separator == ' ' ? StringSplitOptions.RemoveEmptyEntries : StringSplitOptions.None;
            return line.Split(separator, options | StringSplitOptions.TrimEntries);
        }

        var cells = new List<string>();
        var cell = new StringBuilder();
        bool isQuoted = false, wasQuoted = false;
        for (int i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || (line[i] == separator && !isQuoted))
            {
                string text = cell.ToString().Trim();
                if (separator != ' ' || text.Length > 0 || wasQuoted)
                {
                    cells.Add(text);
                }

                cell.Clear();
                wasQuoted = false;
            }
            else if (line[i] != '"' || (!isQuoted && !string.IsNullOrWhiteSpace(cell.ToString())))
            {
                cell.Append(line[i]);
            }
            else if (isQuoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                cell.Append(line[++i]);
            }
            else
            {
                isQuoted = !isQuoted;
                wasQuoted = true;
            }
        }

        return [.. cells];
    }
}
