using Microsoft.ML.Runtime;

namespace Microsoft.ML.Sal.Tests.Training;

/// <summary>Unusable rows are skipped and counted; training on fewer than two classes is an error.</summary>
[TestClass]
public class RowErrorTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void A_set_without_rows_is_an_error()
    {
        AssertError(View([]), "no rows");
    }

    [TestMethod]
    public void A_set_with_only_unusable_rows_is_an_error()
    {
        IReadOnlyList<LabelledRow<string>> rows = Blobs.Rows();
        foreach (LabelledRow<string> row in rows)
        {
            row.Features[1] = float.NaN;
        }

        AssertError(Blobs.View(_mlContext, rows), "None of the 90 training rows", "90 with NaN or infinite features in 'Features'",
            "ReplaceMissingValues");
    }

    [TestMethod]
    public void A_key_with_only_one_class_is_an_error() =>
        AssertError(Blobs.View(_mlContext, Blobs.Rows(30, _ => "red")), "'Label'", "one class only");

    [TestMethod]
    public void Rows_of_only_one_class_are_an_error()
    {
        IReadOnlyList<LabelledRow<string>> rows = Blobs.Rows();
        foreach (LabelledRow<string> row in rows.Where(row => row.Label != "green"))
        {
            row.Features[0] = float.PositiveInfinity;
        }

        AssertError(Blobs.View(_mlContext, rows), "'Label'", "one class only ('green')", "30 rows");
    }

    [TestMethod]
    public void Unusable_rows_are_skipped_with_one_warning_and_nothing_else_is_lost()
    {
        List<LabelledRow<string>> good = [.. Blobs.Rows()];
        List<LabelledRow<string>> rows = [.. good];
        rows.Insert(10, new() { Label = "red", Features = [float.NaN, 0, 0] });
        rows.Insert(20, new() { Label = "red", Features = [0, float.NegativeInfinity, 0] });
        rows.Insert(30, new() { Label = "", Features = [0, 0, 0] });
        rows.Insert(40, new() { Label = "red", Features = [0, 0, 0], Weight = float.NaN });
        List<string> warnings = [];
        _mlContext.Log += (_, message) =>
        {
            if (message.Kind == ChannelMessageKind.Warning)
            {
                warnings.Add(message.Message);
            }
        };

        byte[] model = Train(rows);

        string warning = Assert.ContainsSingle(warnings);
        Assert.Contains("Skipped 4 of 94 training rows", warning);
        Assert.Contains("1 with a missing label in 'Label'", warning);
        Assert.Contains("2 with NaN or infinite features in 'Features'", warning);
        Assert.Contains("1 with a negative, NaN or infinite weight in 'Weight'", warning);
        CollectionAssert.AreEqual(Train(good), model);
        Assert.HasCount(1, warnings);
    }

    [TestMethod]
    public void Rows_of_weight_0_are_ignored()
    {
        List<LabelledRow<string>> rows = [.. Blobs.Rows()];
        byte[] expected = Train(rows);
        rows.Insert(5, new() { Label = "blue", Features = [9, 9, 9], Weight = 0 });

        CollectionAssert.AreEqual(expected, Train(rows));
    }

    [TestMethod]
    public void A_row_to_score_with_NaN_or_infinite_features_gets_probabilities()
    {
        IDataView data = Blobs.View(_mlContext);
        ITransformer model = _mlContext.SmallSal().Fit(data);
        float[][] features = [[float.NaN, 0, 0], [float.NaN, float.NaN, float.NaN], [float.PositiveInfinity, float.NegativeInfinity, 1]];
        IDataView rows = _mlContext.Data.LoadFromEnumerable(features.Select(x => new LabelledRow<string> { Label = "red", Features = x }));

        Prediction[] predictions = [.. _mlContext.Data.CreateEnumerable<Prediction>(model.Transform(rows), reuseRowObject: false)];

        foreach (Prediction prediction in predictions)
        {
            Assert.AreEqual(1f, prediction.Score.Sum(), 1e-5f);
            Assert.IsInRange(1u, 3u, prediction.PredictedLabel);
        }
    }

    private byte[] Train(IEnumerable<LabelledRow<string>> rows) =>
        _mlContext.SmallSal(options => options.ExampleWeightColumnName = "Weight").Fit(View(rows)).Model.ModelBytes();

    // The only keys are the three names, so an empty text is a missing label.
    private IDataView View(IEnumerable<LabelledRow<string>> rows)
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(rows);
        IDataView keys = _mlContext.Data.LoadFromEnumerable(Blobs.Rows(3).Select(row => new KeyRow { Name = row.Label }));
        return _mlContext.Transforms.Conversion.MapValueToKey("Label", keyData: keys).Fit(data).Transform(data);
    }

    private void AssertError(IDataView data, params string[] parts)
    {
        Exception error = Assert.Throws<InvalidOperationException>(() => _mlContext.SmallSal().Fit(data));
        foreach (string part in parts)
        {
            Assert.Contains(part, error.Message);
        }
    }

    private sealed class KeyRow
    {
        public string Name { get; set; } = "";
    }
}
