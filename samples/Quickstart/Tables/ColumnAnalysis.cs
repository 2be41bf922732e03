using System.Globalization;
using System.Text.RegularExpressions;

namespace Quickstart.Tables;

/// <summary>Decides from the cells of a column how to treat it.</summary>
internal sealed partial class ColumnAnalysis(CsvTable table, CellFormat format)
{
    // A column with at least this share of numbers (or dates) must hold nothing else; with fewer, it is not a column of numbers.
    private const double ShareOfRegularCells = 0.9;

    // Up to this many distinct numbers, mixed with text, are codes.
    private const int ManyNumbers = 20;

    // More distinct texts than this are described by their words.
    private const int ManyCategories = 1_000;
    private const double WordsOfText = 4;

    public IReadOnlyList<ColumnProfile> Analyze(LabelColumn? label, IEnumerable<string> ignored)
    {
        HashSet<int> ignoredColumns = [.. ignored.Select(name => table.IndexOf(name, "--ignore"))];
        return [.. table.Columns.Select((name, index) =>
            index == label?.Index ? label.Profile : Analyze(name, index, ignoredColumns.Contains(index)))];
    }

    private ColumnProfile Analyze(string name, int index, bool isIgnored)
    {
        var values = new DistinctValues(table.Rows, index, format);
        (ColumnKind kind, string description) =
            isIgnored ? (ColumnKind.LeftOut, "named by --ignore")
            : LeftOut(name, values) is { } reason ? (ColumnKind.LeftOut, reason)
            : Numbers(name, values) is { } numbers ? (ColumnKind.Number, numbers)
            : Dates(name, values) is { } dates ? (ColumnKind.Date, dates)
            : Texts(values);
        return new ColumnProfile(name, index, kind, description, values.MissingCells);
    }

    private static string? LeftOut(string name, DistinctValues values) => values switch
    {
        { Count: 0 } => "empty",
        { Count: 1, MissingCells: 0 } => $"constant: always {values.First}",
        { AreAllDifferent: true, AreConsecutiveIntegers: true } => "identifier: counts the rows",
        { AreAllDifferent: true, AreIntegers: true } when IdentifierName().IsMatch(name) => "identifier: every row has another value",
        _ when values.Share(AmbiguousDate().IsMatch) >= ShareOfRegularCells =>
            "dates whose day and month cannot be told apart; write 2024-01-31",
        _ => null,
    };

    private string? Numbers(string name, DistinctValues values)
    {
        if (!IsRegular(name, values, cell => format.TryReadNumber(cell, out _), "number"))
        {
            return null;
        }

        float[] numbers = [.. values.Texts.Select(text => format.TryReadNumber(text, out float number) ? number : float.NaN)];
        return string.Create(CultureInfo.InvariantCulture, $"{numbers.Min()} to {numbers.Max()}");
    }

    private string? Dates(string name, DistinctValues values)
    {
        if (!IsRegular(name, values, cell => CellFormat.TryReadDate(cell, out _), "date"))
        {
            return null;
        }

        DateTime[] dates = [.. values.Texts.Select(text => CellFormat.TryReadDate(text, out DateTime date) ? date : default)];
        return string.Create(CultureInfo.InvariantCulture, $"{dates.Min():yyyy-MM-dd} to {dates.Max():yyyy-MM-dd}");
    }

    private static (ColumnKind Kind, string Description) Texts(DistinctValues values)
    {
        double words = values.Average(text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);
        if (values.Count > ManyNumbers && words >= WordsOfText)
        {
            return (ColumnKind.Text, string.Create(CultureInfo.InvariantCulture, $"{values.Count:N0} texts of {words:F0} words"));
        }

        if (values.Count > ManyNumbers && values.Count >= ShareOfRegularCells * values.PresentCells)
        {
            return (ColumnKind.LeftOut, "identifier: nearly every row has another value");
        }

        return values.Count > ManyCategories
            ? (ColumnKind.Text, string.Create(CultureInfo.InvariantCulture, $"{values.Count:N0} short texts"))
            : (ColumnKind.Category, $"{values.Count} values: {values.MostFrequent(4)}");
    }

    /// <summary>
    /// Checks whether all cells are numbers (or dates). A column in which a few are not is refused: they are mistakes, or another mark for
    /// missing cells.
    /// </summary>
    private bool IsRegular(string name, DistinctValues values, Func<string, bool> isRegular, string kind)
    {
        if (values.FirstWhere(text => !isRegular(text)) is not { } odd)
        {
            return true;
        }

        double share = values.Share(isRegular);
        if (share < ShareOfRegularCells || values.Texts.Count(isRegular) <= ManyNumbers)
        {
            return false;
        }

        throw new UserErrorException(
            $"'{table.File.Name}', line {odd.Line}: '{odd.Text}' in the column '{name}' is not a {kind}, "
            + $"but {share:P0} of the column's cells are. Correct it, or, if it stands for a missing cell, add --missing \"{odd.Text}\".");
    }

    [GeneratedRegex("(^id|[_ .-]id|ID|Id|uuid|guid)$", RegexOptions.CultureInvariant)]
    private static partial Regex IdentifierName();

    [GeneratedRegex(@"^\d{1,2}[/-]\d{1,2}[/-]\d{2,4}( |$)", RegexOptions.CultureInvariant)]
    private static partial Regex AmbiguousDate();
}
