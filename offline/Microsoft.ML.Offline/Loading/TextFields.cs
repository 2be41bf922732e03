using System.Text;

namespace Microsoft.ML.Data;

/// <summary>Cuts lines into fields.</summary>
internal sealed class TextFields(TextLoader.Options options)
{
    private readonly List<ReadOnlyMemory<char>> fields = [];

    /// <summary>A field of the current line; fields that it lacks are empty.</summary>
    public ReadOnlyMemory<char> this[int index] => index < fields.Count ? fields[index] : default;

    /// <summary>Cuts a line; <paramref name="nextLine"/> gives further ones for a quoted field that goes on.</summary>
    public void Split(string line, Func<string> nextLine)
    {
        fields.Clear();
        var at = 0;
        while (true)
        {
            while (at < line.Length && char.IsWhiteSpace(line[at]) && !IsSeparator(line[at]))
            {
                at++;
            }

            fields.Add(options.AllowQuoting && at < line.Length && line[at] == '"' ? Quoted(ref line, ref at, nextLine) : Plain(line, ref at));
            if (at >= line.Length)
            {
                return;
            }

            at++;
        }
    }

    private ReadOnlyMemory<char> Plain(string line, ref int at)
    {
        var start = at;
        while (at < line.Length && !IsSeparator(line[at]))
        {
            at++;
        }

        var field = line.AsMemory(start, at - start);
        return options.TrimWhitespace ? field.TrimEnd() : field;
    }

    /// <summary>Leaves <paramref name="at"/> at the separator behind the field. A field that is not well-formed counts as empty.</summary>
    private ReadOnlyMemory<char> Quoted(ref string line, ref int at, Func<string> nextLine)
    {
        var text = new StringBuilder();
        var closed = false;
        for (at++; !closed; at++)
        {
            if (at >= line.Length)
            {
                if (!options.ReadMultilines || nextLine() is not { } next)
                {
                    break;
                }

                text.Append('\n');
                line = next;
                at = -1;
            }
            else if (line[at] != '"')
            {
                text.Append(line[at]);
            }
            else if (at + 1 < line.Length && line[at + 1] == '"')
            {
                text.Append('"');
                at++;
            }
            else
            {
                closed = true;
            }
        }

        var wellFormed = closed;
        for (; at < line.Length && !IsSeparator(line[at]); at++)
        {
            wellFormed &= char.IsWhiteSpace(line[at]);
        }

        return wellFormed ? text.ToString().AsMemory() : default;
    }

    private bool IsSeparator(char c) => Array.IndexOf(options.Separators, c) >= 0;
}
