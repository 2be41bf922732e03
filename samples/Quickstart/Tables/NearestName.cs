namespace Quickstart.Tables;

/// <summary>Suggests an existing name in place of one that does not exist.</summary>
internal static class NearestName
{
    private const int ListedNames = 40;

    /// <summary>Lists the existing names, and suggests the one that was probably meant.</summary>
    public static string Hint(string name, IReadOnlyList<string> names)
    {
        string nearest = names.MinBy(other => Distance(name, other))!;
        string suggestion = Distance(name, nearest) <= Math.Max(2, name.Length / 3) ? $" Did you mean '{nearest}'?" : "";
        string more = names.Count > ListedNames ? $" and {names.Count - ListedNames} more" : "";
        return $"{suggestion} It has: {string.Join(", ", names.Take(ListedNames))}{more}.";
    }

    /// <summary>
    /// Computes the Levenshtein distance: the fewest insertions, deletions and replacements that turn one name into the other. Case is
    /// ignored.
    /// </summary>
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 0; i < left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < right.Length; j++)
            {
                int replaced = diagonal + (char.ToUpperInvariant(left[i]) == char.ToUpperInvariant(right[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(row[j], diagonal) + 1);
            }
        }

        return row[^1];
    }
}
