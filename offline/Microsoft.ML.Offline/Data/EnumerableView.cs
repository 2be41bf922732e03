namespace Microsoft.ML.Data;

/// <summary>Objects as rows, read anew by every cursor.</summary>
internal sealed class EnumerableView<TRow> : IDataView
    where TRow : class
{
    private readonly IEnumerable<TRow> rows;
    private readonly ColumnMember[] members;

    public EnumerableView(IEnumerable<TRow> rows, IEnumerable<string> memberNames, IEnumerable<DataViewSchema.DetachedColumn> columns)
    {
        this.rows = rows;
        members = [.. memberNames.Select(name => ColumnMember.Named(typeof(TRow), name))];
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(columns);
        Schema = builder.ToSchema();

        // A getter of every column, so that a type that does not fit is told now.
        foreach (var column in Schema)
        {
            RowReader.MakeGetter<TRow>(members[column.Index], column.Type, () => null);
        }
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public static EnumerableView<TRow> Create(IEnumerable<TRow> rows, SchemaDefinition definition) => new(
        rows,
        definition.Select(column => column.MemberName),
        definition.Select(column => new DataViewSchema.DetachedColumn(column.ColumnName, column.ColumnType, column.Annotations)));

    public long? GetRowCount() => rows is ICollection<TRow> collection ? collection.Count : null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(this, rows.GetEnumerator(), ViewColumns.Checked(Schema, columnsNeeded));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) => [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(EnumerableView<TRow> view, IEnumerator<TRow> rows, DataViewSchema.Column[] needed)
        : StreamCursor(view.Schema, needed)
    {
        protected override bool TryMoveNext() => rows.MoveNext();

        protected override Delegate MakeGetter(DataViewSchema.Column column) =>
            RowReader.MakeGetter(view.members[column.Index], column.Type, () => rows.Current);

        protected override void Dispose(bool disposing) => rows.Dispose();
    }
}
