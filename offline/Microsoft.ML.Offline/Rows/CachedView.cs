namespace Microsoft.ML.Data;

/// <summary>Keeps the columns that are asked for in memory, each filled by one pass over the source.</summary>
internal sealed class CachedView(IDataView source) : IDataView
{
    private readonly Lock filling = new();
    private readonly IColumnCache[] caches = new IColumnCache[source.Schema.Count];
    private int rowCount = -1;

    private interface IColumnCache
    {
        void Attach(DataViewRow row);

        void Add();

        Delegate MakeGetter(Func<int> row);
    }

    public bool CanShuffle => true;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => Volatile.Read(ref rowCount) is >= 0 and var count ? count : source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        GetRowCursor(columnsNeeded, count => Order(count, rand));

    /// <summary>A cursor that visits the rows in the order given for their number; null means as they come.</summary>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Func<int, int[]> orderOf)
    {
        var needed = ViewColumns.Checked(Schema, columnsNeeded);
        Fill(needed);
        return new IndexedCursor(Schema, rowCount, needed, (column, row) => caches[column.Index].MakeGetter(row), orderOf(rowCount));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    public void Prefetch(IEnumerable<string> columns) => Fill([.. columns.Select(name => Schema[name])]);

    private static int[] Order(int count, Random rand)
    {
        if (rand is null)
        {
            return null;
        }

        int[] order = [.. Enumerable.Range(0, count)];
        rand.Shuffle(order);
        return order;
    }

    private void Fill(DataViewSchema.Column[] needed)
    {
        lock (filling)
        {
            var missing = needed.Where(column => caches[column.Index] is null).DistinctBy(column => column.Index).ToArray();
            if (missing.Length == 0 && rowCount >= 0)
            {
                return;
            }

            var filled = missing.Select(column => (IColumnCache)Activator.CreateInstance(typeof(ColumnCache<>).MakeGenericType(column.Type.RawType), column)).ToArray();
            using var cursor = source.GetRowCursor(missing);
            Array.ForEach(filled, cache => cache!.Attach(cursor));
            var count = 0;
            for (; cursor.MoveNext(); count++)
            {
                Array.ForEach(filled, cache => cache!.Add());
            }

            for (var i = 0; i < missing.Length; i++)
            {
                caches[missing[i].Index] = filled[i];
            }

            Volatile.Write(ref rowCount, count);
        }
    }

    private sealed class ColumnCache<T>(DataViewSchema.Column column) : IColumnCache
    {
        private readonly List<T> values = [];
        private ValueGetter<T> getter;

        public void Attach(DataViewRow row) => getter = row.GetGetter<T>(column);

        public void Add()
        {
            T value = default;
            getter(ref value);
            values.Add(value);
        }

        public Delegate MakeGetter(Func<int> row)
        {
            var copy = ValueCopy<T>.Instance;
            return (ValueGetter<T>)((ref T value) => copy(values[row()], ref value));
        }
    }
}
