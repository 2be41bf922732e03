namespace Microsoft.ML.Data;

/// <summary>A cursor over rows that come one after the other; it looks after position, activity and row ids.</summary>
internal abstract class StreamCursor(DataViewSchema schema, IEnumerable<DataViewSchema.Column> needed) : DataViewRowCursor
{
    private readonly HashSet<int> active = [.. needed.Select(column => column.Index)];
    private long position = -1;
    private bool ended;

    public override DataViewSchema Schema => schema;

    public override long Position => position;

    public override long Batch => 0;

    public override bool MoveNext()
    {
        ended = ended || !TryMoveNext();
        position = ended ? -1 : position + 1;
        return !ended;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        ViewColumns.CheckActive(this, column);
        return GetterTypes.Cast<TValue>(MakeGetter(column), column);
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)position, 0);

    protected abstract bool TryMoveNext();

    protected abstract Delegate MakeGetter(DataViewSchema.Column column);
}
