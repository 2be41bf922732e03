using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Sums up a column of dates. The earliest date stands for a missing one.</summary>
internal sealed class DateSummary(DataViewRow row, DataViewSchema.Column column) : ColumnSummary(column)
{
    private readonly ValueGetter<double> _get = RowCursorUtils.GetGetterAs<double>(NumberDataViewType.Double, row, column.Index);
    private readonly DatePartRanges _ranges = new();

    protected override void LookAtValue(int label)
    {
        double ticks = 0;
        _get(ref ticks);
        if (ticks == 0)
        {
            Missing++;
        }
        else
        {
            _ranges.Look(new DateTime((long)ticks));
        }
    }

    protected override string? ReasonToLeaveOut() =>
        _ranges.Varying.Count == 0 && Missing == 0 ? "has the same value in all rows" : null;

    protected override ColumnPlan Plan() => new(Column, ColumnUse.Date)
    {
        HasMissing = Missing > 0,
        Parts = _ranges.Varying.Count > 0 ? _ranges.Varying : [DatePart.All[0]],
    };
}
