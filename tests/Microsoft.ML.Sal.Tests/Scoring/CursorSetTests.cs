using Microsoft.ML.Sal.Tests.Estimator;

namespace Microsoft.ML.Sal.Tests.Scoring;

/// <summary>Many cursors read scored rows at once.</summary>
[TestClass]
public class CursorSetTests
{
    private const int RowCount = 3_000;

    private readonly IDataView _scored;
    private readonly List<RowValues> _expected;

    public CursorSetTests()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = mlContext.Data.Cache(Blobs.View(mlContext, RowCount));
        _scored = mlContext.SmallSal(options => options.NumberOfEpochs = 2).Fit(data).Transform(data);
        _expected = RowComparison.ReadAll(_scored);
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(5)]
    public void A_set_of_cursors_shares_the_rows(int count)
    {
        DataViewRowCursor[] cursors = _scored.GetRowCursorSet(_scored.Schema, count);
        var parts = new List<RowValues>[cursors.Length];

        Parallel.For(0, cursors.Length, i =>
        {
            using DataViewRowCursor cursor = cursors[i];
            parts[i] = RowComparison.ReadAll(cursor, [.. _scored.Schema]);
        });

        Dictionary<(ulong, ulong), RowValues> read = parts.SelectMany(part => part).ToDictionary(row => (row.Id.Low, row.Id.High));
        Assert.HasCount(RowCount, read);
        foreach (RowValues row in _expected)
        {
            CollectionAssert.AreEquivalent(row.Values.ToArray(), read[(row.Id.Low, row.Id.High)].Values.ToArray());
        }
    }

    [TestMethod]
    public void Cursors_on_many_threads_do_not_disturb_each_other() => Parallel.For(
        0,
        8,
        new ParallelOptions { MaxDegreeOfParallelism = 8 },
        i => RowComparison.AreEqual(
            _expected, i % 2 == 0 ? RowComparison.ReadAll(_scored) : RowComparison.ReadAll(_scored, _scored.Schema["Score"])));

    [TestMethod]
    public void Cursors_that_move_in_turn_do_not_disturb_each_other()
    {
        DataViewSchema.Column[] columns = [.. _scored.Schema];
        using DataViewRowCursor first = _scored.GetRowCursor(columns), second = _scored.GetRowCursor(columns);
        RowTextReader firstRows = new(first, columns), secondRows = new(second, columns);
        List<RowValues> read = [];
        Assert.IsTrue(second.MoveNext()); // one row ahead
        while (first.MoveNext())
        {
            if (second.MoveNext())
            {
                RowComparison.AreEqual([_expected[(int)second.Position]], [secondRows.Read()]);
            }

            read.Add(firstRows.Read());
        }

        RowComparison.AreEqual(_expected, read);
    }

    [TestMethod]
    public void A_shuffling_cursor_gives_each_row_its_own_values()
    {
        DataViewSchema.Column[] columns = [.. _scored.Schema];
        using DataViewRowCursor cursor = _scored.GetRowCursor(columns, new Random(3));
        Dictionary<(ulong, ulong), RowValues> read = RowComparison.ReadAll(cursor, columns).ToDictionary(row => (row.Id.Low, row.Id.High));
        foreach (RowValues row in _expected)
        {
            CollectionAssert.AreEquivalent(row.Values.ToArray(), read[(row.Id.Low, row.Id.High)].Values.ToArray());
        }
    }
}
