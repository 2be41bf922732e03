using System.Globalization;

namespace Quickstart.Tables;

/// <summary>Holds the column to predict: its classes, in order, and the labeled rows.</summary>
internal sealed class LabelColumn
{
    // Decimal numbers with more distinct values than this are a quantity, not classes.
    private const int ManyQuantities = 20;
    private const int ListedClasses = 4;

    private LabelColumn(CsvTable table, string name, CellFormat format)
    {
        Index = table.IndexOf(name, "--label");
        Rows = [.. table.Rows.Where(row => !format.IsMissing(row.Cells[Index]))];
        string[] classes = [.. Rows.Select(row => row.Cells[Index]).Distinct()];
        bool areNumbers = classes.All(text => format.TryReadNumber(text, out _));
        Classes = areNumbers
            ? [.. classes.OrderBy(text => format.TryReadNumber(text, out float number) ? number : 0)]
            : [.. classes.Order(StringComparer.Ordinal)];
        Profile = new ColumnProfile(name, Index, ColumnKind.Label, Describe(), table.Rows.Count - Rows.Count);
        Check(table, format, areNumbers);
    }

    public string Name => Profile.Name;

    public int Index { get; }

    public IReadOnlyList<string> Classes { get; }

    /// <summary>Gets the rows that have a label.</summary>
    public IReadOnlyList<CsvRow> Rows { get; }

    public ColumnProfile Profile { get; }

    public static LabelColumn Find(CsvTable table, string name, CellFormat format) => new(table, name, format);

    private string Describe() =>
        $"{Classes.Count} classes: {string.Join(", ", Classes.Take(ListedClasses))}{(Classes.Count > ListedClasses ? ", ..." : "")}";

    private void Check(CsvTable table, CellFormat format, bool areNumbers)
    {
        string label = $"The label '{Name}' of '{table.File.Name}'";
        if (Classes.Count == 0)
        {
            throw new UserErrorException($"{label} is missing in every row.");
        }

        if (Classes.Count == 1)
        {
            throw new UserErrorException(
                $"{label} has one class only, '{Classes[0]}': there is nothing to tell apart. At least two classes are needed.");
        }

        bool isQuantity = areNumbers && Classes.Count > ManyQuantities
            && Classes.Any(text => format.TryReadNumber(text, out float number) && !float.IsInteger(number));
        if (2 * Classes.Count > Rows.Count || isQuantity)
        {
            string advice = areNumbers
                ? "A quantity is predicted by one of ML.NET's regression trainers, or made into a few ranges first."
                : "Choose a column whose classes have several rows each.";
            throw new UserErrorException(string.Create(
                CultureInfo.InvariantCulture,
                $"{label} has {Classes.Count:N0} different values in {Rows.Count:N0} rows: these are not classes. {advice}"));
        }
    }
}
