using Microsoft.ML.Data;
using Microsoft.ML.Sal.Tests.Estimator;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML.Sal.Tests.Scoring;

/// <summary><c>Transform</c> reads rows ahead and scores them in batches; nobody sees it but by the clock.</summary>
[TestClass]
public class BatchScoringTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    [DataRow(1, 20, false)]
    [DataRow(4, 20, false)]
    [DataRow(4, 20, true)]
    [DataRow(4, 1_200, true)]
    public void Batches_have_the_bits_of_single_rows(int areas, int featureCount, bool isSparse)
    {
        var data = new ObservedView(RandomFeatures(featureCount, isSparse), featureCount, rowCount: 1_700);
        SalMulticlassPredictionTransformer model = Train(areas, data);

        RowComparison.AreEqualWithAnyActiveColumns(RowByRow(model, data), model.Transform(data));
        RowComparison.AreEqualWithAnyActiveColumns(
            RowByRow(model, data), EstimatorCheck.SaveAndLoad(_mlContext, model, data.Schema).Transform(data));
    }

    [TestMethod]
    public void Labels_with_other_keys_and_columns_behind_the_scores_have_the_bits_of_single_rows()
    {
        ITransformer model = _mlContext.SmallSal().Append(_mlContext.Transforms.SelectTopClasses())
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(Blobs.View(_mlContext));
        IDataView rows = Blobs.View(_mlContext, Blobs.Rows(2_000, seed: 3), ["blue", "violet", "green", "red"]);

        RowComparison.AreEqualWithAnyActiveColumns(RowByRow(model, rows), model.Transform(rows));
    }

    [TestMethod]
    public void Columns_that_cannot_be_kept_are_read_row_by_row()
    {
        IDataView data = Blobs.View(_mlContext);
        IDataView first = _mlContext.SmallSal().Append(_mlContext.Transforms.SelectTopClasses()).Fit(data).Transform(data);
        SalMulticlassPredictionTransformer second = _mlContext.SmallSal(options => options.Seed = 8).Fit(data);

        IDataView scored = second.Transform(first);
        RowComparison.AreEqualWithAnyActiveColumns(RowByRow(second, first), scored);
        Assert.IsTrue(scored.Schema["TopClasses"].Type is not (PrimitiveDataViewType or VectorDataViewType));
    }

    [TestMethod]
    public void What_is_not_asked_for_is_not_read()
    {
        ObservedView rows = Rows(100);
        IDataView scored = Train().Transform(rows);

        Read("Label");
        CollectionAssert.AreEqual(new long[] { 0, 100, 0 }, rows.ValuesRead);
        Read("Note", "Label");
        CollectionAssert.AreEqual(new long[] { 0, 200, 100 }, rows.ValuesRead);
        Read("PredictedLabel");
        CollectionAssert.AreEqual(new long[] { 100, 200, 100 }, rows.ValuesRead);
        Read("Score", "Features", "Label");
        CollectionAssert.AreEqual(new long[] { 200, 300, 100 }, rows.ValuesRead);
        Assert.AreEqual(0, rows.OpenCursors);

        void Read(params string[] columns) => RowComparison.ReadAll(scored, [.. columns.Select(column => scored.Schema[column])]);
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(9, 9)]
    [DataRow(10, 73)]
    [DataRow(600, 585 + 1_024)]
    public void Whoever_reads_few_rows_pays_for_few(int count, int read)
    {
        ObservedView endless = Rows(long.MaxValue);
        IDataView scored = Train().Transform(endless);

        using (DataViewRowCursor cursor = scored.GetRowCursor(scored.Schema))
        {
            for (int row = 0; row < count; row++)
            {
                Assert.IsTrue(cursor.MoveNext());
            }
        }

        Assert.AreEqual(read, endless.RowsRead);
        Assert.AreEqual(0, endless.OpenCursors);
    }

    [TestMethod]
    public void An_endless_view_can_be_previewed_and_its_first_rows_taken()
    {
        ObservedView endless = Rows(long.MaxValue);
        IDataView scored = Train().Transform(endless);

        Assert.HasCount(5, scored.Preview(maxRows: 5).RowView);
        Assert.AreEqual(20, _mlContext.Data.TakeRows(scored, 20).GetColumn<float[]>("Score").Count());
        Assert.IsLessThan(200, endless.RowsRead);
    }

    [TestMethod]
    public void A_view_without_rows_has_no_scores()
    {
        IDataView scored = Train().Transform(Rows(0));
        using DataViewRowCursor cursor = scored.GetRowCursor(scored.Schema);
        ValueGetter<VBuffer<float>> get = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
        VBuffer<float> score = default;

        Assert.AreEqual(-1, cursor.Position);
        Assert.ThrowsExactly<InvalidOperationException>(() => get(ref score));
        Assert.IsFalse(cursor.MoveNext());
        Assert.IsFalse(cursor.MoveNext());
        Assert.AreEqual(-1, cursor.Position);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(700)]
    public void An_error_of_a_row_comes_after_the_rows_in_front_of_it_and_names_the_row(int bad)
    {
        ObservedView.FeatureSource good = RandomFeatures(Blobs.FeatureCount, isSparse: false);
        var rows = new ObservedView(
            (long row, ref VBuffer<float> value) =>
            {
                good(row, ref value);
                value = row == bad ? new VBuffer<float>(2, [1, 2]) : value;
            },
            Blobs.FeatureCount,
            rowCount: 1_000);
        IDataView scored = Train().Transform(rows);
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"]]);
        for (int row = 0; row < bad; row++)
        {
            Assert.IsTrue(cursor.MoveNext());
        }

        for (int attempt = 0; attempt < 2; attempt++)
        {
            string message = Assert.ThrowsExactly<InvalidOperationException>(() => cursor.MoveNext()).Message;
            Assert.AreEqual($"The row at position {bad} (from 0) of the column 'Features' has 2 features instead of 3.", message);
        }
    }

    [TestMethod]
    public void Memory_does_not_grow_with_the_number_of_rows()
    {
        var rows = new ObservedView(
            static (long row, ref VBuffer<float> value) =>
            {
                var editor = VBufferEditor.Create(ref value, Blobs.FeatureCount);
                editor.Values.Fill(row % 7);
                value = editor.Commit();
            },
            Blobs.FeatureCount,
            rowCount: 1_000_000);
        IDataView scored = Train().Transform(rows);
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"], scored.Schema["Features"]]);
        ValueGetter<VBuffer<float>> get = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
        VBuffer<float> score = default;
        Read(10_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Read(990_000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.IsFalse(cursor.MoveNext());
        Assert.IsLessThan(8L << 20, allocated); // a few objects per block of 1,024 rows; the rows alone would take 24 MB

        void Read(int count)
        {
            for (int row = 0; row < count; row++)
            {
                Assert.IsTrue(cursor.MoveNext());
                get(ref score);
            }
        }
    }

    [TestMethod]
    public void Blocks_of_wide_rows_are_short()
    {
        const int Width = 100_000;
        var wide = new ObservedView(RandomFeatures(Width, isSparse: false), Width);
        var narrow = new ObservedView(RandomFeatures(Width, isSparse: true), Width, rowCount: 60);
        IDataView scored = Train(areas: 1, narrow).Transform(wide);
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"]]);
        for (int row = 0; row < 120; row++)
        {
            Assert.IsTrue(cursor.MoveNext());
        }

        Assert.IsLessThan(200, wide.RowsRead); // 42 rows of 100,000 features are 16 MB
    }

    [TestMethod]
    public void A_column_that_the_cursor_was_not_created_for_is_refused()
    {
        IDataView scored = Train().Transform(Rows(10));
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"]]);

        Assert.IsFalse(cursor.IsColumnActive(scored.Schema["Features"]));
        string message = Assert.ThrowsExactly<ArgumentException>(
            () => cursor.GetGetter<VBuffer<float>>(scored.Schema["Features"])).Message;
        StringAssert.Contains(message, "'Features'", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Evaluation_and_a_cache_read_the_same_as_row_by_row()
    {
        IDataView data = Blobs.View(_mlContext, 1_500);
        SalMulticlassPredictionTransformer model = _mlContext.SmallSal(options => options.NumberOfEpochs = 2).Fit(data);
        IDataView scored = model.Transform(data);

        RowComparison.AreEqual(
            RowComparison.ReadAll(RowByRow(model, data)), RowComparison.ReadAll(_mlContext.Data.Cache(scored), [.. scored.Schema]));
        MulticlassClassificationMetrics expected = _mlContext.MulticlassClassification.Evaluate(RowByRow(model, data));
        MulticlassClassificationMetrics actual = _mlContext.MulticlassClassification.Evaluate(scored);
        Assert.AreEqual(expected.LogLoss, actual.LogLoss);
        Assert.AreEqual(expected.MicroAccuracy, actual.MicroAccuracy);
    }

    private SalMulticlassPredictionTransformer Train(int areas = 2, ObservedView? data = null) =>
        _mlContext.SmallSal(options => (options.NumberOfAreas, options.NumberOfEpochs) = (areas, 2)).Fit(data ?? Rows(90));

    private static ObservedView Rows(long count) => new(RandomFeatures(Blobs.FeatureCount, isSparse: false), Blobs.FeatureCount, count);

    private static RowByRowView RowByRow(ITransformer model, IDataView rows) => new(model.GetRowToRowMapper(rows.Schema), rows);

    // A row of numbers, some of which are missing or, in sparse rows, 0.
    private static ObservedView.FeatureSource RandomFeatures(int count, bool isSparse) => (long row, ref VBuffer<float> value) =>
    {
        var random = new Random((int)row);
        int[] indices = [.. Enumerable.Range(0, count).Where(_ => !isSparse || random.Next(10) == 0)];
        var editor = VBufferEditor.Create(ref value, count, indices.Length);
        for (int i = 0; i < indices.Length; i++)
        {
            editor.Values[i] = random.Next(20) == 0 ? float.NaN : random.NextSingle() + (row % Blobs.ClassCount);
        }

        if (isSparse && indices.Length < count)
        {
            indices.CopyTo(editor.Indices);
        }

        value = editor.Commit();
    };
}
