namespace Microsoft.ML.Trainers.Sal;

/// <summary>Holds the decision on a column of a table.</summary>
/// <param name="Column">The column of the table.</param>
/// <param name="Use">How it becomes features.</param>
internal sealed record ColumnPlan(DataViewSchema.Column Column, ColumnUse Use)
{
    public string Name => Column.Name;

    /// <summary>Gets why the column is left out.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Gets a remark for the log, or null.</summary>
    public string? Remark { get; init; }

    /// <summary>Gets whether a value is missing: NaN, an empty text, the missing key, or the earliest date.</summary>
    public bool HasMissing { get; init; }

    /// <summary>Gets the frequent values of a category. An empty one stands for missing values.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Gets whether there is an indicator for all other values of a category or a key.</summary>
    public bool HasOther { get; init; }

    /// <summary>Gets the parts of a date that vary.</summary>
    public IReadOnlyList<DatePart> Parts { get; init; } = [];

    public static ColumnPlan LeaveOut(DataViewSchema.Column column, string reason) => new(column, ColumnUse.LeftOut) { Reason = reason };
}
