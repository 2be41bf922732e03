using System.Globalization;
using System.Text.RegularExpressions;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Sums up a column of text, which may hold categories, words, identifiers, numbers or dates.</summary>
internal sealed partial class TextSummary : ColumnSummary
{
    // Values beyond these are counted together, so that memory does not grow with the rows.
    private const int ValuesCounted = 10_000;

    private const int MostCategories = 1_000;
    private const int FewValues = 20;
    private const double NearlyAll = 0.9;
    private const int WordsOfText = 4;
    private const int RowsPerRepeatedText = 5;
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private readonly ValueGetter<ReadOnlyMemory<char>> _get;
    private readonly int _rowsPerCategory;
    private readonly Dictionary<string, long> _counts = [];
    private readonly LabelCopy<string> _copy = new();
    private ReadOnlyMemory<char> _text;
    private long _present;
    private long? _presentWhenFull;

    /// <param name="row">The cursor.</param>
    /// <param name="column">The column of the table.</param>
    /// <param name="text">The column that holds its values as text.</param>
    /// <param name="rowsPerCategory">The number of rows in which a frequent value occurs.</param>
    public TextSummary(DataViewRow row, DataViewSchema.Column column, DataViewSchema.Column text, int rowsPerCategory)
        : base(column)
    {
        _get = row.GetGetter<ReadOnlyMemory<char>>(text);
        _rowsPerCategory = rowsPerCategory;
    }

    /// <summary>Gets the use that the options give the column, or null.</summary>
    public ColumnUse? Use { get; init; }

    protected override bool TellsLabel => _copy.IsCopy;

    // Of the rows in which every value was counted.
    private long CountedRows => _presentWhenFull ?? _present;

    private IEnumerable<KeyValuePair<string, long>> Values => _counts.Where(value => value.Key.Length > 0);

    private bool IsRepeated => CountedRows >= RowsPerRepeatedText * Values.LongCount();

    protected override void LookAtValue(int label)
    {
        _get(ref _text);
        string text = _text.ToString();
        _copy.Look(label, text);
        if (text.Length == 0)
        {
            Missing++;
        }
        else
        {
            _present++;
        }

        if (_counts.TryGetValue(text, out long count))
        {
            _counts[text] = count + 1;
        }
        else if (_counts.Count < ValuesCounted)
        {
            _counts.Add(text, 1);
        }
        else
        {
            _presentWhenFull ??= _present;
        }
    }

    protected override string? ReasonToLeaveOut() =>
        _counts.Count == 1 ? "has the same value in all rows"
        : Kind() == ColumnUse.LeftOut ? "is an identifier: another text in nearly every row"
        : null;

    protected override ColumnPlan Plan() => (Use ?? Kind()) switch
    {
        ColumnUse.Number => new(Column, ColumnUse.Number)
        {
            HasMissing = Missing > 0 || Share(IsNumber) < 1,
            Remark = Others("number", IsNumber),
        },
        ColumnUse.Date => Dates(),
        ColumnUse.Text => new(Column, ColumnUse.Text),
        _ => Categories(),
    };

    private ColumnUse Kind()
    {
        int different = Values.Count();
        if (different <= FewValues)
        {
            return ColumnUse.Category;
        }

        if (Share(IsNumber) >= NearlyAll && Values.Count(value => IsNumber(value.Key)) > FewValues)
        {
            return ColumnUse.Number;
        }

        if (Share(IsDate) >= NearlyAll)
        {
            return ColumnUse.Date;
        }

        double words = Values.Average(value => Words().Count(value.Key));
        return words >= WordsOfText && !IsRepeated ? ColumnUse.Text
            : different >= NearlyAll * CountedRows ? ColumnUse.LeftOut
            : different > MostCategories && words >= 2 && !IsRepeated ? ColumnUse.Text
            : ColumnUse.Category;
    }

    private ColumnPlan Categories()
    {
        // The most frequent ones, in the order in which they first occur, as OneHotEncoding has them.
        HashSet<string> frequent =
        [
            .. _counts.Where(value => value.Value >= _rowsPerCategory)
                .OrderByDescending(value => value.Value)
                .Take(MostCategories)
                .Select(value => value.Key),
        ];
        if (frequent.Count == 0)
        {
            return ColumnPlan.LeaveOut(Column, $"has no value that is in {_rowsPerCategory} rows or more");
        }

        long others = Rows - _counts.Where(value => frequent.Contains(value.Key)).Sum(value => value.Value);
        return new ColumnPlan(Column, ColumnUse.Category)
        {
            HasMissing = Missing > 0,
            Categories = [.. _counts.Keys.Where(frequent.Contains)],
            HasOther = others >= _rowsPerCategory,
        };
    }

    private ColumnPlan Dates()
    {
        var ranges = new DatePartRanges();
        foreach ((string text, _) in Values.Where(value => IsDate(value.Key)))
        {
            ranges.Look(DateTime.Parse(text, CultureInfo.InvariantCulture));
        }

        return new ColumnPlan(Column, ColumnUse.Date)
        {
            HasMissing = Missing > 0 || Share(IsDate) < 1,
            Parts = ranges.Varying,
            Remark = Others("date", IsDate),
        };
    }

    // Over the rows whose values were counted.
    private double Share(Func<string, bool> isRegular) =>
        (double)Values.Where(value => isRegular(value.Key)).Sum(value => value.Value) / Math.Max(1, Values.Sum(value => value.Value));

    private string Others(string kind, Func<string, bool> isRegular)
    {
        string[] others = [.. Values.Where(value => !isRegular(value.Key)).Select(value => value.Key)];
        string missing = others.Length == 0 ? "" : $" {NameList.Quote(others)} count{(others.Length == 1 ? "s" : "")} as missing.";
        return $"Column '{Column.Name}' is text that holds {kind}s.{missing}";
    }

    // A zero in front, as in 02139, makes it a code.
    private static bool IsNumber(string text) =>
        text.TrimStart('-') is not ['0', >= '0' and <= '9', ..]
        && text.AsSpan().ContainsAnyInRange('0', '9')
        && float.TryParse(text, Number, CultureInfo.InvariantCulture, out _);

    private static bool IsDate(string text) =>
        Date().IsMatch(text) && DateTime.TryParse(text, CultureInfo.InvariantCulture, out _);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex(@"\S+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
