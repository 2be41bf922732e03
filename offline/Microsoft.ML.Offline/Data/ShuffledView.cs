namespace Microsoft.ML.Data;

/// <summary>
/// The rows in an order that is shuffled through a pool: rows enter it in order and leave it by chance, so a row comes out at most
/// a pool's length early. If the source can itself be shuffled, and that is wanted, it is.
/// </summary>
internal sealed class ShuffledView(IDataView source, int seed, int poolSize, bool shuffleSource) : IDataView
{
    private readonly CachedView cache = new(source);

    public bool CanShuffle => true;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var random = rand ?? new Random(seed);
        return cache.GetRowCursor(columnsNeeded, rowCount => Order(rowCount, random));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private int[] Order(int rowCount, Random random)
    {
        int[] rows = [.. Enumerable.Range(0, rowCount)];
        if (shuffleSource && source.CanShuffle)
        {
            random.Shuffle(rows);
        }

        var pool = new List<int>(Math.Min(poolSize, rowCount));
        var order = new int[rowCount];
        var next = 0;
        for (var i = 0; i < rowCount; i++)
        {
            while (next < rowCount && pool.Count < poolSize)
            {
                pool.Add(rows[next++]);
            }

            var chosen = random.Next(pool.Count);
            order[i] = pool[chosen];
            pool[chosen] = pool[^1];
            pool.RemoveAt(pool.Count - 1);
        }

        return order;
    }
}
