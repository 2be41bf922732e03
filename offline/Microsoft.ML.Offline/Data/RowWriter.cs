namespace Microsoft.ML.Data;

/// <summary>Fills the members of an object from the current row.</summary>
internal sealed class RowWriter<TRow>
    where TRow : class
{
    private readonly List<Action<TRow>> fills = [];

    public RowWriter(DataViewRow row, IEnumerable<SchemaDefinition.Column> definition)
    {
        foreach (var target in definition)
        {
            var column = row.Schema[target.ColumnName];
            var member = ColumnMember.Named(typeof(TRow), target.MemberName);
            fills.Add((Action<TRow>)MemberValue.Bind(row, column, member.Type, typeof(RowWriter<TRow>), nameof(MakeFill), member)
                ?? throw new InvalidOperationException($"Can't bind the IDataView column '{column.Name}' of type '{column.Type}' to field or property '{member.Info.Name}' of type '{member.Type}'."));
        }
    }

    /// <summary>The columns of the class, without those that the schema lacks if these may be ignored.</summary>
    public static SchemaDefinition.Column[] Columns(DataViewSchema schema, bool ignoreMissingColumns, SchemaDefinition definition)
    {
        var columns = definition ?? SchemaDefinition.Create(typeof(TRow), SchemaDefinition.Direction.Write);
        var missing = columns.Find(column => schema.GetColumnOrNull(column.ColumnName) is null);
        return missing is null || ignoreMissingColumns
            ? [.. columns.Where(column => schema.GetColumnOrNull(column.ColumnName) is not null)]
            : throw new ArgumentOutOfRangeException(nameof(schema), $"Could not find column '{missing.ColumnName}'");
    }

    public void Fill(TRow target) => fills.ForEach(fill => fill(target));

    private static Action<TRow> MakeFill<T>(Func<T> read, ColumnMember member)
    {
        var write = member.MakeWriter<TRow, T>();
        return target => write(target, read());
    }
}
