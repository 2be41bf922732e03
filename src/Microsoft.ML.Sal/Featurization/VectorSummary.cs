using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Sums up a column of vectors of numbers, which are taken as they are.</summary>
internal sealed class VectorSummary(DataViewRow row, DataViewSchema.Column column) : ColumnSummary(column)
{
    private readonly ValueGetter<VBuffer<float>> _get =
        RowCursorUtils.GetVecGetterAs<float>(NumberDataViewType.Single, row, column.Index);

    private VBuffer<float> _values;
    private bool _hasMissing;

    protected override void LookAtValue(int label)
    {
        if (!_hasMissing)
        {
            _get(ref _values);
            _hasMissing = _values.GetValues().Contains(float.NaN);
        }
    }

    protected override string? ReasonToLeaveOut() => null;

    protected override ColumnPlan Plan() => new(Column, ColumnUse.Vector) { HasMissing = _hasMissing };
}
