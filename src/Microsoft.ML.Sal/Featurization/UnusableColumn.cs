using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Stands for a column whose type has no use as features.</summary>
internal sealed class UnusableColumn(DataViewSchema.Column column) : ColumnSummary(column)
{
    protected override void LookAtValue(int label)
    {
    }

    protected override string ReasonToLeaveOut() => Column.Type switch
    {
        KeyDataViewType => "is a key without values",
        VectorDataViewType { IsKnownSize: false } => "is a vector of unknown size",
        VectorDataViewType vector => $"is a vector of {vector.ItemType}",
        var type => $"has the type {type}",
    };

    protected override ColumnPlan Plan() => throw new InvalidOperationException("A column without a use was named for one.");
}
