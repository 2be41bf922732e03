using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Data;

namespace Microsoft.ML.Sal.Tests.Training;

/// <summary>Extreme values cost nothing, and missing values are learned from, with the defaults and through ML.NET.</summary>
[TestClass]
public class InputEncodingTests
{
    private const int RowCount = 3_000;

    private readonly MLContext _mlContext = new(seed: 1);

    public TestContext TestContext { get; set; } = null!;

    // Three classes that one of the columns separates.
    [TestMethod]
    [DataRow(-999f, 30)]
    [DataRow(9_999f, 30)]
    [DataRow(1e5f, 30)]
    [DataRow(1e9f, 1)]
    [DataRow(-1e9f, 1)]
    [DataRow(float.PositiveInfinity, 30)]
    public void Extreme_values_cost_nothing(float value, int rows)
    {
        Row[] all = Separable();
        foreach (int row in Enumerable.Range(0, rows))
        {
            all[row * (RowCount / rows) / 2].Features[0] = value; // half of them in the rows to learn from
        }

        double accuracy = Accuracy(Default(), all);
        TestContext.WriteLine($"{accuracy:F4}");
        Assert.IsGreaterThan(0.98, accuracy);
    }

    [TestMethod]
    public void That_a_value_is_missing_is_learned_from()
    {
        // The first column is 0, 1 or 2 in two of the classes, which the second column tells apart, and missing in the third.
        Row[] rows = Separable();
        var random = new Random(2);
        foreach (Row row in rows)
        {
            bool isMissing = row.Label == "1";
            float other = isMissing ? 20 * random.Next(2) + 4 * random.NextSingle() : row.Features[0];
            row.Features = [isMissing ? float.NaN : random.Next(3), other, 0, 0];
        }

        double learned = Accuracy(Default(), rows);
        double replaced = Accuracy(_mlContext.Transforms.ReplaceMissingValues("Features").Append(Default()), rows); // by 0
        TestContext.WriteLine($"{learned:F4}, replaced {replaced:F4}");
        Assert.IsGreaterThan(0.98, learned);
        Assert.IsGreaterThan(replaced + 0.1, learned);
    }

    [TestMethod]
    public void Rows_with_missing_values_are_neither_skipped_nor_lost_for_what_they_have()
    {
        // Every row lacks one of two columns that tell the class.
        Row[] rows = Separable();
        foreach ((int i, Row row) in rows.Index())
        {
            row.Features[1] = row.Features[0];
            row.Features[i / 3 % 2] = float.NaN;
        }

        List<string> warnings = _mlContext.Warnings();
        Assert.IsGreaterThan(0.98, Accuracy(Default(), rows));
        Assert.IsEmpty(warnings);
    }

    [TestMethod]
    public void A_saved_pipeline_scores_missing_values_the_same_and_tells_its_encoding()
    {
        Row[] rows = Separable()[..600];
        foreach (Row row in rows.Where((_, i) => i % 5 == 0))
        {
            row.Features[2] = float.NaN;
        }

        IDataView data = _mlContext.Data.LoadFromEnumerable(rows);
        ITransformer model = Pipeline(_mlContext.SmallSal()).Fit(data);
        using var stream = new MemoryStream();
        _mlContext.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);

        foreach ((float[] score, float[] other) in Scores(model, data).Zip(Scores(loaded, data)))
        {
            CollectionAssert.AreEqual(score, other);
        }

        SalInput[] inputs = [.. Model(model).GetInputEncoding()];
        CollectionAssert.AreEqual(inputs, Model(loaded).GetInputEncoding().ToArray());
        CollectionAssert.AreEqual(new[] { 0, 1, 2, 3 }, inputs.Select(input => input.Feature).Distinct().ToArray());
        SalInput[] ofMissing = [.. inputs.Where(input => input.Feature == 2)];
        Assert.HasCount(inputs.Count(input => input.Feature == 1) + 1, ofMissing, "the indicator");
        Assert.AreEqual((0f, 2f), (ofMissing[^1].Slope, ofMissing[^1].Missing));
        Assert.IsTrue(inputs.Any(input => (input.Low, input.High) == (0f, 1f)), "600 rows are enough for thresholds");
    }

    [TestMethod]
    public void Continuing_keeps_the_encoding()
    {
        Row[] rows = Separable();
        foreach (Row row in rows[2_000..])
        {
            row.Features[3] = float.NaN; // never missing in the rows that came first
            row.Features[1] *= 1_000;
        }

        IDataView first = _mlContext.Data.LoadFromEnumerable(rows[..2_000]), more = _mlContext.Data.LoadFromEnumerable(rows[2_000..]);
        ITransformer keys = _mlContext.Transforms.Conversion.MapValueToKey("Label").Fit(first);
        SalMulticlassTrainer trainer = _mlContext.SmallSal();
        SalMulticlassModelParameters start = trainer.Fit(keys.Transform(first)).Model;

        SalMulticlassModelParameters continued = trainer.Fit(keys.Transform(more), start).Model;

        CollectionAssert.AreEqual(start.GetInputEncoding().ToArray(), continued.GetInputEncoding().ToArray());
        CollectionAssert.AreNotEqual(start.ModelBytes(), continued.ModelBytes());
    }

    private SalMulticlassTrainer Default() => _mlContext.MulticlassClassification.Trainers.Sal();

    private EstimatorChain<SalMulticlassPredictionTransformer> Pipeline(SalMulticlassTrainer trainer) =>
        _mlContext.Transforms.Conversion.MapValueToKey("Label").Append(trainer);

    // Of the second half of the rows.
    private double Accuracy(IEstimator<ITransformer> trainer, Row[] rows)
    {
        IEstimator<ITransformer> pipeline = _mlContext.Transforms.Conversion.MapValueToKey("Label").Append(trainer);
        ITransformer model = pipeline.Fit(_mlContext.Data.LoadFromEnumerable(rows[..(RowCount / 2)]));
        IDataView scored = model.Transform(_mlContext.Data.LoadFromEnumerable(rows[(RowCount / 2)..]));
        return _mlContext.MulticlassClassification.Evaluate(scored).MicroAccuracy;
    }

    private static float[][] Scores(ITransformer model, IDataView data) => [.. model.Transform(data).GetColumn<float[]>("Score")];

    private static SalMulticlassModelParameters Model(ITransformer chain) => Saving.SavedVersionTests.Sal(chain).Model;

    // The first column is that of the class: 0, 10 or 20, and less than 4 more; the others are noise.
    private static Row[] Separable()
    {
        var random = new Random(1);
        return
        [
            .. Enumerable.Range(0, RowCount).Select(i => new Row
            {
                Features = [10 * (i % 3) + 4 * random.NextSingle(), random.NextSingle(), random.NextSingle(), random.NextSingle()],
                Label = $"{i % 3}",
            }),
        ];
    }

    private sealed class Row
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";
    }
}
