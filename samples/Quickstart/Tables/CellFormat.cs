using System.Globalization;

namespace Quickstart.Tables;

/// <summary>Reads the cells of a file: which ones count as missing, and what numbers and dates look like.</summary>
internal sealed class CellFormat
{
    private static readonly string[] _missingMarks = ["", "NA", "N/A", "#N/A", "n.a.", "NaN", "null", "?", "."];

    // Formats with days and months between slashes are left out: 3/4/2024 can be two dates.
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
    /// Detects the decimal mark of a file: a comma if semicolons separate the columns and more numbers are written with a comma than with a
    /// dot.
    /// </summary>
    /// <param name="table">The file.</param>
    /// <param name="missingMarks">The marks for missing cells in the file, in addition to the usual ones.</param>
    public static CellFormat Detect(CsvTable table, IEnumerable<string> missingMarks)
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
