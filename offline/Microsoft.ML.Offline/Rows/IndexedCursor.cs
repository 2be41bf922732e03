namespace Microsoft.ML.Data;

/// <summary>A cursor over rows that are in memory, in their order or another.</summary>
internal sealed class IndexedCursor : DataViewRowCursor
{
    private readonly int rowCount;
    private readonly int[] order;
    private readonly HashSet<int> active;
    private readonly Func<DataViewSchema.Column, Func<int>, Delegate> makeGetter;
    private int position = -1;
    private bool ended;

    public IndexedCursor(
        DataViewSchema schema,
        int rowCount,
        IEnumerable<DataViewSchema.Column> needed,
        Func<DataViewSchema.Column, Func<int>, Delegate> makeGetter,
        int[] order)
    {
        Schema = schema;
        this.rowCount = rowCount;
        this.makeGetter = makeGetter;
        this.order = order;
        active = [.. needed.Select(column => column.Index)];
    }

    public override DataViewSchema Schema { get; }

    public override long Position => position;

    public override long Batch => 0;

    private int Row => position < 0
        ? throw new InvalidOperationException("Cannot use a getter before the first or after the last row.")
        : order is null ? position : order[position];

    public override bool MoveNext()
    {
        ended |= position + 1 >= rowCount;
        position = ended ? -1 : position + 1;
        return !ended;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        ViewColumns.CheckActive(this, column);
        return GetterTypes.Cast<TValue>(makeGetter(column, () => Row), column);
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)Row, 0);
}
