namespace Microsoft.ML.Trainers.Sal;

/// <summary>Gives rows with the columns that scoring adds.</summary>
/// <param name="rows">The rows, which this cursor moves.</param>
/// <param name="scored">The row with all columns, over the current one of <paramref name="rows"/>.</param>
/// <param name="columns">The active columns.</param>
internal sealed class ScoredCursor(ScoringCursor rows, DataViewRow scored, IEnumerable<DataViewSchema.Column> columns)
    : WrappingCursor(rows)
{
    private readonly HashSet<int> _active = [.. columns.Select(column => column.Index)];

    public override DataViewSchema Schema => scored.Schema;

    public override bool MoveNext() => rows.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => IsColumnActive(column)
        ? scored.GetGetter<TValue>(column)
        : throw new ArgumentException($"The column '{column.Name}' is not among those that the cursor was created for.", nameof(column));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            scored.Dispose();
        }

        base.Dispose(disposing);
    }
}
