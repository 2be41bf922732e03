namespace Microsoft.ML.Trainers.Sal;

/// <summary>Sums up a column of keys.</summary>
internal sealed class KeySummary(DataViewRow row, DataViewSchema.Column column) : ColumnSummary(column)
{
    private readonly ColumnCodes _codes = ColumnCodes.Create(row, column);
    private readonly LabelCopy<int> _copy = new();
    private int _lastCode;

    protected override bool TellsLabel => _copy.IsCopy;

    protected override void LookAtValue(int label)
    {
        int code = _codes.Read();
        _copy.Look(label, code);
        _lastCode = Math.Max(_lastCode, code);
        Missing += code == _codes.MissingCode ? 1 : 0;
    }

    protected override string? ReasonToLeaveOut() => _lastCode == 0 ? "has the same value in all rows" : null;

    protected override ColumnPlan Plan() => new(Column, ColumnUse.Key) { HasOther = Missing > 0 };
}
