using System.Text.RegularExpressions;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Sums up a column of numbers, Booleans or time spans.</summary>
internal sealed partial class NumberSummary : ColumnSummary
{
    private const int FewRows = 20;

    // A tenth of a table that was split still has its row numbers that dense.
    private const int LargestMeanStep = 10;

    private readonly ValueGetter<double> _get;
    private readonly LabelCopy<double> _copy = new();
    private readonly HashSet<double>? _different; // of a column named like an identifier, as long as no value occurs twice
    private bool _areIntegers = true, _areIncreasing = true, _areDifferent;
    private double _first = double.NaN, _last = double.NaN;
    private bool _isConstant = true;

    public NumberSummary(DataViewRow row, DataViewSchema.Column column)
        : base(column)
    {
        _get = RowCursorUtils.GetGetterAs<double>(NumberDataViewType.Double, row, column.Index);
        _areDifferent = IdentifierName().IsMatch(column.Name);
        _different = _areDifferent ? [] : null;
    }

    protected override bool TellsLabel => _copy.IsCopy;

    protected override void LookAtValue(int label)
    {
        double value = 0;
        _get(ref value);
        _copy.Look(label, value);
        if (double.IsNaN(value))
        {
            Missing++;
            return;
        }

        if (double.IsNaN(_first))
        {
            _first = value;
        }

        _isConstant &= value == _first;
        _areIntegers &= double.IsInteger(value);
        _areIncreasing &= !(value <= _last);
        _areDifferent = _areDifferent && _areIntegers && _different!.Add(value);
        _last = value;
    }

    protected override string? ReasonToLeaveOut() =>
        _isConstant && Missing == 0 ? "has the same value in all rows"
        : Rows < FewRows || Missing > 0 || !_areIntegers ? null
        : _areIncreasing && (_last - _first) / Rows < LargestMeanStep ? "counts the rows"
        : _areDifferent ? "is an identifier: another integer in every row"
        : null;

    protected override ColumnPlan Plan() => new(Column, ColumnUse.Number) { HasMissing = Missing > 0 };

    [GeneratedRegex("(^id|[_ .-]id|ID|Id|uuid|guid)$", RegexOptions.CultureInvariant)]
    private static partial Regex IdentifierName();
}
