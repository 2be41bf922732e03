namespace Microsoft.ML.Data;

/// <summary>The rows whose sampling fraction a condition accepts.</summary>
internal sealed class SampledView(IDataView source, RowSampling sampling, Func<double, bool> accepts) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var needed = ViewColumns.Checked(Schema, columnsNeeded);
        var read = sampling.Key is { } key ? needed.Append(key).DistinctBy(column => column.Index) : needed;
        return new Cursor(source.GetRowCursor(read), sampling, accepts, needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) => [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(DataViewRowCursor rows, RowSampling sampling, Func<double, bool> accepts, DataViewSchema.Column[] needed)
        : StreamCursor(rows.Schema, needed)
    {
        private readonly Func<double> fraction = sampling.MakeFraction(rows);

        public override ValueGetter<DataViewRowId> GetIdGetter() => rows.GetIdGetter();

        protected override bool TryMoveNext()
        {
            while (rows.MoveNext())
            {
                if (accepts(fraction()))
                {
                    return true;
                }
            }

            return false;
        }

        protected override Delegate MakeGetter(DataViewSchema.Column column) => GetterTypes.GetUntyped(rows, column);

        protected override void Dispose(bool disposing) => rows.Dispose();
    }
}
