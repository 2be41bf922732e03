using Microsoft.ML.Data;
using Sal.Core.Model;

namespace Microsoft.ML.Sal.Tests.Onnx;

/// <summary>ML.NET's ApplyOnnxModel gives the same columns as the trained transformer that it replaces.</summary>
[TestClass]
public class ApplyOnnxModelTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    [DataRow(1, RoutedLayers.All)]
    [DataRow(4, RoutedLayers.All)]
    [DataRow(4, RoutedLayers.FirstOnly)]
    public void An_exported_model_gives_the_columns_of_the_trained_transformer(int areas, RoutedLayers routed)
    {
        const int RowCount = 300;
        IDataView data = _mlContext.Data.LoadFromEnumerable(Digit.All.Take(RowCount));
        ITransformer scaling = _mlContext.Transforms.NormalizeMinMax("Features").Fit(data);
        IDataView scaled = scaling.Transform(data);
        var trained = _mlContext
            .SmallSal(options =>
                (options.NumberOfAreas, options.RoutedLayers, options.LabelColumnName) = (areas, routed, nameof(Digit.Key)))
            .Fit(scaled);
        using var file = new MemoryStream();
        trained.Model.Model.SaveOnnx(file);
        file.Position = 0;

        IDataView expected = trained.Transform(scaled);
        IDataView applied = scaling
            .Append(_mlContext.Transforms.ApplyOnnxModel(["Score", "PredictedLabel"], ["Features"], file).Fit(scaled))
            .Transform(data);

        AssertClose(expected, applied);
        long[] labels = [.. applied.GetColumn<VBuffer<long>>("PredictedLabel").Select(label => label.GetValues()[0])];
        CollectionAssert.AreEqual(expected.GetColumn<uint>("PredictedLabel").Select(key => key - 1L).ToArray(), labels);
        Assert.HasCount(RowCount, labels);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void An_exported_pipeline_gives_the_columns_of_the_trained_one(int areas)
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(OnnxRows.Make(200));
        ITransformer pipeline = _mlContext.Transforms.Concatenate("Features", "A", "B")
            .Append(_mlContext.Transforms.NormalizeMeanVariance("Features"))
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_mlContext.SmallSal(options => options.NumberOfAreas = areas))
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(data);
        using var file = new MemoryStream();
        _mlContext.Model.ConvertToOnnx(pipeline, data, file, "Score", "PredictedLabel");
        file.Position = 0;

        IDataView expected = pipeline.Transform(data);
        IDataView applied = _mlContext.Transforms.ApplyOnnxModel(file).Fit(data).Transform(data);

        AssertClose(expected, applied);
        string[] labels =
        [
            .. applied.GetColumn<VBuffer<ReadOnlyMemory<char>>>("PredictedLabel").Select(label => label.GetValues()[0].ToString()),
        ];
        CollectionAssert.AreEqual(expected.GetColumn<string>("PredictedLabel").ToArray(), labels);
        Assert.HasCount(3, labels.Distinct());
    }

    [TestMethod]
    public void A_saved_pipeline_contains_the_ONNX_file()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Digit.All.Take(100));
        using var file = new MemoryStream();
        _mlContext.SmallSal(options => options.LabelColumnName = nameof(Digit.Key)).Fit(data).Model.Model.SaveOnnx(file);
        file.Position = 0;
        ITransformer applied = _mlContext.Transforms.ApplyOnnxModel("Score", "Features", file).Fit(data);
        using var zip = new MemoryStream();
        _mlContext.Model.Save(applied, data.Schema, zip);
        zip.Position = 0;

        AssertClose(applied.Transform(data), new MLContext().Model.Load(zip, out _).Transform(data));
    }

    private static void AssertClose(IDataView expected, IDataView actual)
    {
        float[][] expectedScores = [.. expected.GetColumn<float[]>("Score")], scores = [.. actual.GetColumn<float[]>("Score")];
        Assert.HasCount(expectedScores.Length, scores);
        for (int row = 0; row < scores.Length; row++)
        {
            Assert.HasCount(expectedScores[row].Length, scores[row]);
            for (int c = 0; c < scores[row].Length; c++)
            {
                Assert.AreEqual(expectedScores[row][c], scores[row][c], OnnxRows.Tolerance, $"score {c} of row {row}");
            }
        }
    }
}
