namespace Microsoft.ML.Trainers.Sal;

/// <summary>Holds the rows of a table as they are inspected: some columns have a version as text.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Original">The columns of the table.</param>
/// <param name="AsText">The names of the columns that hold values as text, by column of the table.</param>
internal sealed record TableView(IDataView Rows, DataViewSchema Original, IReadOnlyDictionary<string, string> AsText)
{
    /// <summary>Gets the column to read the values of a column of the table from.</summary>
    public DataViewSchema.Column Readable(DataViewSchema.Column column) =>
        AsText.TryGetValue(column.Name, out string? text) ? Rows.Schema[text] : column;
}
