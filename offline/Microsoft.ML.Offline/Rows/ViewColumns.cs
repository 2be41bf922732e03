namespace Microsoft.ML.Data;

/// <summary>Checks of the columns that a caller asks a view or row for.</summary>
internal static class ViewColumns
{
    public static DataViewSchema.Column[] Checked(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns)
    {
        var needed = columns?.ToArray() ?? [];
        foreach (var column in needed)
        {
            if (column.Index < 0 || column.Index >= schema.Count || schema[column.Index].Name != column.Name)
            {
                throw new ArgumentOutOfRangeException(nameof(columns), $"Column '{column.Name}' is not of this view.");
            }
        }

        return needed;
    }

    public static void CheckActive(DataViewRow row, DataViewSchema.Column column)
    {
        if (!row.IsColumnActive(column))
        {
            throw new ArgumentOutOfRangeException(nameof(column), $"Getter could not be created, since column '{column.Name}' is not active.");
        }
    }
}
