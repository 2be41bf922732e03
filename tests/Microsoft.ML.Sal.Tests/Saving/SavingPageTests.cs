using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Saving;

/// <summary>What docs/saving.md says about ML.NET itself, and its advice follows from.</summary>
[TestClass]
public class SavingPageTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void Two_threads_on_one_prediction_engine_mix_their_rows()
    {
        using ManualResetEventSlim isReading = new(), mayGoOn = new();
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Rows(60));
        ITransformer model = Pipeline(row =>
        {
            if (row.A == Slow)
            {
                isReading.Set();
                mayGoOn.Wait();
            }
        }).Fit(rows);
        PredictionEngine<Row, Scored> engine = _mlContext.Model.CreatePredictionEngine<Row, Scored>(model);
        float[] alone = _mlContext.Model.CreatePredictionEngine<Row, Scored>(Pipeline(_ => { }).Fit(rows)).Predict(SlowRow).Features;

        Task<Scored> first = Task.Run(() => engine.Predict(SlowRow));
        Assert.IsTrue(isReading.Wait(TimeSpan.FromSeconds(30)));
        engine.Predict(new Row { A = 1, B = 2, Label = "red" });
        mayGoOn.Set();

        CollectionAssert.AreEqual(new[] { Slow, SlowRow.B }, alone);
        CollectionAssert.AreNotEqual(alone, first.Result.Features, "Features are of the other thread's row.");
    }

    [TestMethod]
    public void Saving_over_a_file_destroys_it_if_saving_fails()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("model.zip");
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Rows(60));
        ITransformer good = _mlContext.Transforms.Concatenate("Features", "A", "B")
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label")).Append(_mlContext.SmallSal()).Fit(rows);
        _mlContext.Model.Save(good, rows.Schema, path);
        _mlContext.Model.Load(path, out _);

        // A custom mapping without a contract cannot be saved.
        Assert.Throws<Exception>(() => _mlContext.Model.Save(Pipeline(_ => { }).Fit(rows), rows.Schema, path));

        Assert.Throws<Exception>(() => _mlContext.Model.Load(path, out _));
    }

    private const float Slow = -7;

    private static Row SlowRow => new() { A = Slow, B = -7, Label = "red" };

    // Reads A through a mapping that may wait, and B after it.
    private IEstimator<ITransformer> Pipeline(Action<RowWithoutB> whileReading) => _mlContext.Transforms
        .CustomMapping<RowWithoutB, Mapped>(
            (row, mapped) =>
            {
                mapped.C = row.A;
                whileReading(row);
            },
            contractName: null)
        .Append(_mlContext.Transforms.Concatenate("Features", "C", "B"))
        .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
        .Append(_mlContext.SmallSal());

    private static IEnumerable<Row> Rows(int count) =>
        Enumerable.Range(0, count).Select(i => new Row { A = i % 3, B = -(i % 3), Label = Blobs.Name(i % 3) });

    private sealed class Row
    {
        public float A { get; set; }

        public float B { get; set; }

        public string Label { get; set; } = "";
    }

    private sealed class RowWithoutB
    {
        public float A { get; set; }
    }

    private sealed class Mapped
    {
        public float C { get; set; }
    }

    private sealed class Scored
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }
}
