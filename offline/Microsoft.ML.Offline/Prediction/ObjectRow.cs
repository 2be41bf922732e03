namespace Microsoft.ML.Data;

/// <summary>A row whose values are the members of one object, which can be replaced by another.</summary>
internal sealed class ObjectRow<TRow> : DataViewRow
    where TRow : class
{
    private readonly ColumnMember[] members;

    public ObjectRow(IEnumerable<string> memberNames, IEnumerable<DataViewSchema.DetachedColumn> columns)
    {
        members = [.. memberNames.Select(name => ColumnMember.Named(typeof(TRow), name))];
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(columns);
        Schema = builder.ToSchema();
    }

    public TRow Current { get; set; }

    public override DataViewSchema Schema { get; }

    public override long Position => 0;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        GetterTypes.Cast<TValue>(RowReader.MakeGetter(members[column.Index], column.Type, () => Current), column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = default;
}
