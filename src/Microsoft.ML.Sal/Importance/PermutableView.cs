namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Shows the first rows of another data view, of which one column at a time can be permuted, and records the columns that are read.
/// </summary>
/// <param name="source">The data view that has the rows.</param>
/// <param name="limit">The number of rows to show.</param>
internal sealed class PermutableView(IDataView source, long limit) : IDataView
{
    private readonly HashSet<int> _columnsRead = [];
    private (int Column, ColumnValues Values, int[] Order)? _permutation;

    // Positions tell which value a row gets.
    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => source.GetRowCount() is { } count ? Math.Min(count, limit) : null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        _columnsRead.UnionWith(columns.Select(column => column.Index));
        return new Cursor(source.GetRowCursor(columns), limit, _permutation);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded)];

    /// <summary>Gives the rows the values of a column in another order, instead of those of the previously permuted column.</summary>
    /// <param name="column">The index of the column.</param>
    /// <param name="values">Its values.</param>
    /// <param name="order">For each row, the row whose value it gets.</param>
    public void Permute(int column, ColumnValues values, int[] order) => _permutation = (column, values, order);

    /// <summary>Finds the columns of this view that a column of a transformed one is computed from.</summary>
    /// <param name="transformed">This view, transformed.</param>
    /// <param name="column">The name of the column there.</param>
    /// <returns>The indices of the columns here.</returns>
    // Opening a cursor asks for the columns, whatever the transforms are and however they are nested, and reads no row.
    public IReadOnlySet<int> FindSources(IDataView transformed, string column)
    {
        _columnsRead.Clear();
        using DataViewRowCursor cursor = transformed.GetRowCursor([transformed.Schema[column]]);
        return _columnsRead.ToHashSet();
    }

    private sealed class Cursor(DataViewRowCursor input, long limit, (int Column, ColumnValues Values, int[] Order)? permutation)
        : WrappingCursor(input)
    {
        public override bool MoveNext() => Position + 1 < limit && Input.MoveNext();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            ValueGetter<TValue> get = Input.GetGetter<TValue>(column);
            return permutation is { } permuted && permuted.Column == column.Index
                ? (ValueGetter<TValue>)permuted.Values.CreateGetter(() => permuted.Order[Position])
                : get;
        }
    }
}
