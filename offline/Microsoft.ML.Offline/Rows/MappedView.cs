namespace Microsoft.ML.Data;

/// <summary>A view whose rows are those of another, mapped one by one.</summary>
internal sealed class MappedView(IDataView source, IRowToRowMapper mapper) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => mapper.OutputSchema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var needed = ViewColumns.Checked(Schema, columnsNeeded);
        return Wrap(source.GetRowCursor(mapper.GetDependencies(needed), rand), needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var needed = ViewColumns.Checked(Schema, columnsNeeded);
        return [.. source.GetRowCursorSet(mapper.GetDependencies(needed), n, rand).Select(cursor => Wrap(cursor, needed))];
    }

    private Cursor Wrap(DataViewRowCursor cursor, DataViewSchema.Column[] needed) => new(cursor, mapper.GetRow(cursor, needed));

    private sealed class Cursor(DataViewRowCursor source, DataViewRow row) : DataViewRowCursor
    {
        public override long Position => row.Position;

        public override long Batch => row.Batch;

        public override DataViewSchema Schema => row.Schema;

        public override bool MoveNext() => source.MoveNext();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => row.GetGetter<TValue>(column);

        public override bool IsColumnActive(DataViewSchema.Column column) => row.IsColumnActive(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => row.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            row.Dispose();
            source.Dispose();
        }
    }
}
