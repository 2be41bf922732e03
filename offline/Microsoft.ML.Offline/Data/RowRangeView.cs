namespace Microsoft.ML.Data;

/// <summary>The rows from <paramref name="skip"/> on, and of these at most <paramref name="take"/>.</summary>
internal sealed class RowRangeView(IDataView source, long skip, long take) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => source.GetRowCount() is { } count ? Math.Clamp(count - skip, 0, take) : null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var needed = ViewColumns.Checked(Schema, columnsNeeded);
        return new Cursor(source.GetRowCursor(needed), skip, take, needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) => [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(DataViewRowCursor rows, long skip, long take, DataViewSchema.Column[] needed) : StreamCursor(rows.Schema, needed)
    {
        private long visited;

        public override ValueGetter<DataViewRowId> GetIdGetter() => rows.GetIdGetter();

        protected override bool TryMoveNext()
        {
            for (; visited < skip; visited++)
            {
                if (!rows.MoveNext())
                {
                    return false;
                }
            }

            return visited++ - skip < take && rows.MoveNext();
        }

        protected override Delegate MakeGetter(DataViewSchema.Column column) => GetterTypes.GetUntyped(rows, column);

        protected override void Dispose(bool disposing) => rows.Dispose();
    }
}
