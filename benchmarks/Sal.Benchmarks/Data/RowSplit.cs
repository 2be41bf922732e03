namespace Sal.Benchmarks.Data;

/// <summary>The indexes of the rows to train on and of the rows to test on, both ascending.</summary>
internal sealed record RowSplit(int[] Training, int[] Test)
{
    /// <summary>Trains on the first rows, and tests on the others.</summary>
    public static RowSplit First(int trainingRows, int rows) =>
        new([.. Enumerable.Range(0, trainingRows)], [.. Enumerable.Range(trainingRows, rows - trainingRows)]);

    /// <summary>Holds out the same share of each class, drawn with the seed; at least one row of each class trains.</summary>
    /// <param name="rows">The rows to split.</param>
    /// <param name="label">The class of a row.</param>
    /// <param name="testShare">The share of the rows of each class to hold out, above 0 and below 1.</param>
    /// <param name="seed">The seed of the draw.</param>
    public static RowSplit Stratified(IReadOnlyList<int> rows, Func<int, int> label, double testShare, int seed)
    {
        var random = new Random(seed);
        var test = new HashSet<int>();
        foreach (IGrouping<int, int> ofClass in rows.GroupBy(label).OrderBy(group => group.Key))
        {
            int[] shuffled = [.. ofClass];
            random.Shuffle(shuffled);
            test.UnionWith(shuffled.Take(Math.Min((int)Math.Round(shuffled.Length * testShare), shuffled.Length - 1)));
        }

        return new RowSplit([.. rows.Where(row => !test.Contains(row)).Order()], [.. test.Order()]);
    }
}
