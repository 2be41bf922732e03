using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Pipeline;

/// <summary>Cursors, one and many.</summary>
[TestClass]
public class CursorTests
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly IDataView _data;

    public CursorTests()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 500).Select(i => new Row { Number = i, Text = $"t{i % 5}" }).ToList());
        var pipeline = _mlContext.Transforms.Concatenate("Features", "Number", "Number")
            .Append(_mlContext.Transforms.NormalizeMinMax("Features"))
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Key", "Text"));
        _data = _mlContext.Data.Cache(pipeline.Fit(rows).Transform(rows));
    }

    [TestMethod]
    public void A_cursor_stands_before_the_first_row_moves_on_and_ends()
    {
        IDataView three = _mlContext.Data.LoadFromEnumerable([new Row { Number = 5 }, new Row { Number = 6 }, new Row { Number = 7 }]);
        using DataViewRowCursor cursor = three.GetRowCursor([three.Schema["Number"]]);
        ValueGetter<float> getNumber = cursor.GetGetter<float>(three.Schema["Number"]);
        List<(long, float)> seen = [];

        Assert.AreEqual(-1, cursor.Position);
        while (cursor.MoveNext())
        {
            float number = 0;
            getNumber(ref number);
            seen.Add((cursor.Position, number));
        }

        CollectionAssert.AreEqual(new[] { (0L, 5f), (1L, 6f), (2L, 7f) }, seen);
        Assert.IsFalse(cursor.MoveNext());
    }

    [TestMethod]
    public void Only_the_columns_asked_for_are_active()
    {
        using DataViewRowCursor cursor = _data.GetRowCursor([_data.Schema["Key"]]);

        Assert.IsTrue(cursor.IsColumnActive(_data.Schema["Key"]));
        Assert.IsFalse(cursor.IsColumnActive(_data.Schema["Number"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetGetter<float>(_data.Schema["Number"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(_data.Schema["Key"]));
    }

    [TestMethod]
    public void Cursors_do_not_disturb_each_other()
    {
        var sums = new double[4];
        Parallel.For(0, sums.Length, thread =>
        {
            foreach ((float[] features, uint key) in _data.GetColumn<float[]>("Features").Zip(_data.GetColumn<uint>("Key")))
            {
                sums[thread] += features[0] * key;
            }
        });

        Assert.AreEqual(1, sums.Distinct().Count());
        Assert.AreEqual(Enumerable.Range(0, 500).Sum(i => i / 499f * (double)((i % 5) + 1)), sums[0], 1e-3);
    }

    [TestMethod]
    public void A_set_of_cursors_shares_the_rows()
    {
        DataViewRowCursor[] cursors = _data.GetRowCursorSet([_data.Schema["Number"]], 3);
        List<float>[] parts = [.. cursors.Select(_ => new List<float>())];

        Parallel.For(0, cursors.Length, i =>
        {
            ValueGetter<float> getNumber = cursors[i].GetGetter<float>(_data.Schema["Number"]);
            while (cursors[i].MoveNext())
            {
                float number = 0;
                getNumber(ref number);
                parts[i].Add(number);
            }

            cursors[i].Dispose();
        });

        CollectionAssert.AreEqual(Enumerable.Range(0, 500).Select(i => (float)i).ToArray(), parts.SelectMany(part => part).Order().ToArray());
    }

    [TestMethod]
    public void A_vector_that_a_getter_filled_is_the_callers()
    {
        float[][] kept = [.. _data.GetColumn<VBuffer<float>>("Features").ToList().Select(vector => vector.DenseValues().ToArray())];

        CollectionAssert.AreEqual(new[] { 0f, 0f }, kept[0]);
        CollectionAssert.AreEqual(new[] { 1f, 1f }, kept[499]);
    }

    private sealed class Row
    {
        public float Number { get; set; }

        public string Text { get; set; } = "";
    }
}
