namespace Microsoft.ML.Trainers.Sal;

/// <summary>Sums up the values of a column of a table, row by row, and decides how they become features.</summary>
/// <param name="column">The column of the table.</param>
internal abstract class ColumnSummary(DataViewSchema.Column column)
{
    public DataViewSchema.Column Column => column;

    /// <summary>Gets the number of rows.</summary>
    protected long Rows { get; private set; }

    /// <summary>Gets the number of rows without a value.</summary>
    protected long Missing { get; set; }

    /// <summary>Looks at the current row.</summary>
    /// <param name="label">The code of its label; negative if there is none.</param>
    public void Look(int label)
    {
        Rows++;
        LookAtValue(label);
    }

    /// <summary>Decides on the column.</summary>
    /// <param name="isNamed">Whether the options name it, so that it is not left out.</param>
    /// <param name="label">The name of the label column, or null.</param>
    public ColumnPlan Decide(bool isNamed, string? label)
    {
        string? reason = isNamed ? null
            : Rows > 0 && Missing == Rows ? "is empty"
            : TellsLabel ? $"tells '{label}' in every row"
            : ReasonToLeaveOut();
        return reason is null ? Plan() : ColumnPlan.LeaveOut(column, reason);
    }

    /// <summary>Gets whether each label has one value, and each value one label.</summary>
    protected virtual bool TellsLabel => false;

    protected abstract void LookAtValue(int label);

    protected abstract string? ReasonToLeaveOut();

    protected abstract ColumnPlan Plan();
}
