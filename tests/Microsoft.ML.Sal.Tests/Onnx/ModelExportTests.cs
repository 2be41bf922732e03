using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML.Sal.Tests.Onnx;

/// <summary>The model of a trained pipeline, exported alone: it takes the features that the trainer received.</summary>
[TestClass]
public class ModelExportTests
{
    [TestMethod]
    public void A_model_exported_alone_gives_the_scores_of_the_pipeline()
    {
        var mlContext = new MLContext(seed: 1);
        OnnxRows.Row[] rows = OnnxRows.Make(90);
        IDataView data = mlContext.Data.LoadFromEnumerable(rows);
        var transformer = mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(mlContext.SmallSal(options => options.FeatureColumnName = "A"))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(data);
        OnnxRows.Prediction[] expected =
            [.. mlContext.Data.CreateEnumerable<OnnxRows.Prediction>(transformer.Transform(data), reuseRowObject: false)];
        SalMulticlassModelParameters model =
            ((ISingleFeaturePredictionTransformer<SalMulticlassModelParameters>)transformer.ElementAt(1)).Model;
        using var stream = new MemoryStream();
        model.Model.SaveOnnx(stream);

        using var scorer = new OnnxScorer(stream.ToArray());
        OnnxColumn features = OnnxColumn.Of("Features", [4], rows.SelectMany(row => row.A).ToArray());
        float[] scores = scorer.Score<float>("Score", 7, features).ToArray();
        CollectionAssert.AreEqual(
            expected.Select(row => row.PredictedLabel).ToArray(),
            scorer.Score<long>("PredictedLabel", 7, features).Select(label => $"class {label}").ToArray());
        for (int i = 0; i < scores.Length; i++)
        {
            Assert.AreEqual(expected[i / 3].Score[i % 3], scores[i], OnnxRows.Tolerance, $"row {i / 3}");
        }
    }

    [TestMethod]
    public void A_pipeline_exported_with_ConvertToOnnx_scores_missing_and_infinite_values_as_the_model()
    {
        var mlContext = new MLContext(seed: 1);
        OnnxRows.Row[] rows = OnnxRows.Make(300);
        foreach ((int i, OnnxRows.Row row) in rows.Index())
        {
            row.A[i % 4] = (i % 7) switch { 0 => float.NaN, 1 => float.PositiveInfinity, 2 => float.NegativeInfinity, _ => row.A[i % 4] };
        }

        IDataView data = mlContext.Data.LoadFromEnumerable(rows);
        ITransformer model = mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(mlContext.SmallSal(options => options.FeatureColumnName = "A"))
            .Fit(data);
        float[] expected = [.. model.Transform(data).GetColumn<float[]>("Score").SelectMany(score => score)];
        using var stream = new MemoryStream();
        mlContext.Model.ConvertToOnnx(model, data, stream);

        using var scorer = new OnnxScorer(stream.ToArray());
        float[] scores = scorer.Score<float>(
            "Score.output", 7, OnnxColumn.Of("A", [2, 2], rows.SelectMany(row => row.A).ToArray()),
            OnnxColumn.Of("B", [1], rows.Select(row => row.B).ToArray()),
            OnnxColumn.Of("Color", [1], rows.Select(row => row.Color).ToArray()),
            OnnxColumn.Of("Label", [1], rows.Select(row => row.Label).ToArray())).ToArray();
        Assert.HasCount(expected.Length, scores);
        for (int i = 0; i < scores.Length; i++)
        {
            Assert.AreEqual(expected[i], scores[i], OnnxRows.Tolerance, $"row {i / 3}");
        }
    }
}
