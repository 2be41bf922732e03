using System.Globalization;

namespace Quickstart.Tables;

/// <summary>How the cells of a file are read: which ones count as missing, and what numbers and dates look like.</summary>
internal sealed class CellFormat
{
    private static readonly string[] _missingMarks = ["", "NA", "N/A", "#N/A", "n.a.", "NaN", "null", "?", "."];

    // Days and months with slashes are not among them: 3/4/2024 is two dates.
    private static readonly string[] _dateFormats =
    [
        "yyyy-M-d", "yyyy-M-d H:mm", "yyyy-M-d H:mm:ss", "yyyy-M-d H:mm:ss.FFFFFFF",
        "yyyy-M-d'T'H:mm", "yyyy-M-d'T'H:mm:ss.FFFFFFFK", "yyyy/M/d", "yyyy/M/d H:mm:ss", "d.M.yyyy", "d.M.yyyy H:mm", "d.M.yyyy H:mm:ss",
    ];

    private readonly HashSet<string> _missing;
    private readonly NumberFormatInfo _numbers;

    private CellFormat(char decimalMark, IEnumerable<string> missingMarks)
    {
        _missing = new HashSet<string>([.. _missingMarks, .. missingMarks], StringComparer.OrdinalIgnoreCase);
        _numbers = new NumberFormatInfo { NumberDecimalSeparator = decimalMark.ToString(), NumberGroupSeparator = "\u00A0" };
        DecimalMark = decimalMark;
    }

    public char DecimalMark { get; }

    /// <summary>
    /// Finds the decimal mark of a file: a comma where semicolons separate the columns and more numbers are written with a comma than with
    /// a dot.
    /// </summary>
    /// <param name="table">The file.</param>
    /// <param name="missingMarks">What the file writes for a missing cell, besides the usual marks.</param>
    public static CellFormat Of(CsvTable table, IEnumerable<string> missingMarks)
    {
        var dot = new CellFormat('.', missingMarks);
        var comma = new CellFormat(',', missingMarks);
        return table.Separator == ';' && Decimals(table, comma) > Decimals(table, dot) ? comma : dot;
    }

    public bool IsMissing(string cell) => _missing.Contains(cell);

    public bool TryReadNumber(string cell, out float value)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return float.TryParse(cell, Style, _numbers, out value) && float.IsFinite(value);
    }

    public static bool TryReadDate(string cell, out DateTime value)
    {
        const DateTimeStyles Style = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal;
        return DateTime.TryParseExact(cell, _dateFormats, CultureInfo.InvariantCulture, Style, out value);
    }

    private static int Decimals(CsvTable table, CellFormat format) =>
        table.Rows.Sum(row => row.Cells.Count(cell => cell.Contains(format.DecimalMark) && format.TryReadNumber(cell, out _)));
}
