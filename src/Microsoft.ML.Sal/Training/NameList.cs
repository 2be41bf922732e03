namespace Microsoft.ML.Trainers.Sal;

/// <summary>Lists names in a message of one line: the first of them, and how many more there are.</summary>
internal static class NameList
{
    private const int NamesShown = 20;
    private const int LettersShown = 100;

    /// <summary>Lists names of classes or columns, in quotes.</summary>
    public static string Quote(IReadOnlyList<string> names) => Join([.. names.Take(NamesShown).Select(Quote)], names.Count);

    /// <summary>Lists the columns that are there, for a message about one that is not.</summary>
    public static string Columns(IEnumerable<string> names) => Quote([.. names.Distinct()]) is { Length: > 0 } list ? list : "no columns";

    /// <summary>Quotes one name. Labels may be whole texts, which are cut.</summary>
    public static string Quote(string name) =>
        $"'{(name.Length > LettersShown ? $"{name[..LettersShown]}..." : name).ReplaceLineEndings(" ")}'";

    /// <summary>Lists a text per item, of as many items as are shown.</summary>
    /// <param name="count">The number of items.</param>
    /// <param name="describe">Gets the text of the item at an index.</param>
    public static string Join(int count, Func<int, string> describe) =>
        Join([.. Enumerable.Range(0, Math.Min(count, NamesShown)).Select(describe)], count);

    private static string Join(IReadOnlyList<string> shown, int count) =>
        string.Join(", ", shown) + (count > shown.Count ? $" and {count - shown.Count} more" : "");
}
