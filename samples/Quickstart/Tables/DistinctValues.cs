using System.Globalization;

namespace Quickstart.Tables;

/// <summary>Counts the distinct values of a column and records the line on which each first occurs.</summary>
internal sealed class DistinctValues
{
    private readonly Dictionary<string, (int Count, long Line)> _values = [];
    private readonly double[]? _integers;

    public DistinctValues(IReadOnlyList<CsvRow> rows, int column, CellFormat format)
    {
        foreach (CsvRow row in rows)
        {
            string cell = row.Cells[column];
            if (format.IsMissing(cell))
            {
                MissingCells++;
            }
            else
            {
                _values[cell] = _values.TryGetValue(cell, out (int Count, long Line) seen) ? (seen.Count + 1, seen.Line) : (1, row.Line);
            }
        }

        PresentCells = rows.Count - MissingCells;
        _integers = _values.Keys.All(text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            ? [.. _values.Keys.Select(text => double.Parse(text, CultureInfo.InvariantCulture))]
            : null;
    }

    public int MissingCells { get; }

    public int PresentCells { get; }

    public int Count => _values.Count;

    public string First => _values.Keys.First();

    public IEnumerable<string> Texts => _values.Keys;

    public bool AreAllDifferent => MissingCells == 0 && Count == PresentCells;

    public bool AreIntegers => _integers is not null;

    public bool AreConsecutiveIntegers => _integers is not null && _integers.Max() - _integers.Min() == Count - 1;

    /// <summary>Computes the share of the cells whose value is of a kind.</summary>
    public double Share(Func<string, bool> isOfKind) => Average(text => isOfKind(text) ? 1 : 0);

    /// <summary>Computes the mean of a figure over the cells.</summary>
    public double Average(Func<string, int> figure) => _values.Sum(value => (double)figure(value.Key) * value.Value.Count) / PresentCells;

    /// <summary>Finds the first value of a kind, and its line in the file.</summary>
    public (string Text, long Line)? FirstWhere(Func<string, bool> isOfKind)
    {
        foreach ((string text, (int _, long line)) in _values)
        {
            if (isOfKind(text))
            {
                return (text, line);
            }
        }

        return null;
    }

    public string MostFrequent(int count)
    {
        IEnumerable<string> mostFrequent = _values.OrderByDescending(value => value.Value.Count).Take(count).Select(value => value.Key);
        return string.Join(", ", mostFrequent) + (Count > count ? ", ..." : "");
    }
}
