using Microsoft.ML.Data;
using Sal.Core.Model;
using Sal.Core.Tests.Onnx;

namespace Microsoft.ML.Sal.Tests.Onnx;

/// <summary>Whole pipelines, exported by ML.NET and scored by an ONNX runtime.</summary>
[TestClass]
public class PipelineExportTests
{
    private static readonly int[] Batches = [1, 7, 256];
    private static readonly OnnxRows.Row[] Rows = OnnxRows.Make(300);

    private readonly MLContext _mlContext = new(seed: 1);

    private IDataView Data => _mlContext.Data.LoadFromEnumerable(Rows);

    [TestMethod]
    [DataRow(1, RoutedLayers.All)]
    [DataRow(3, RoutedLayers.All)]
    [DataRow(3, RoutedLayers.FirstOnly)]
    public void A_pipeline_gives_the_same_labels_and_scores(int areas, RoutedLayers routed)
    {
        OnnxRuntime.Require();
        AssertSameScores(Fit(areas, routed));
    }

    [TestMethod]
    public void A_loaded_pipeline_is_exported_alike()
    {
        OnnxRuntime.Require();
        using var file = new MemoryStream();
        _mlContext.Model.Save(Fit(2, RoutedLayers.All), Data.Schema, file);
        file.Position = 0;
        AssertSameScores(_mlContext.Model.Load(file, out _));
    }

    [TestMethod]
    public void A_feature_column_of_two_dimensions_is_flattened()
    {
        OnnxRuntime.Require();
        ITransformer transformer = _mlContext.Transforms.Conversion.MapValueToKey("Label").Append(_mlContext.SmallSal(options => options.FeatureColumnName = "A")).Fit(Data);
        AssertSameScores(
            transformer.Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(transformer.Transform(Data))));
    }

    [TestMethod]
    public void Categories_are_exported_as_indicators()
    {
        OnnxRuntime.Require();
        AssertSameScores(_mlContext.Transforms.Categorical.OneHotEncoding("Colour")
            .Append(_mlContext.Transforms.Concatenate("Features", "Colour", "B"))
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_mlContext.SmallSal())
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(Data));
    }

    [TestMethod]
    public void Predicted_labels_are_keys_that_count_from_1()
    {
        OnnxRuntime.Require();
        ITransformer transformer = _mlContext.Transforms.Concatenate("Features", "A", "B")
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label")).Append(_mlContext.SmallSal()).Fit(Data);
        uint[] expected = [.. transformer.Transform(Data).GetColumn<uint>("PredictedLabel")];
        OnnxResult result = Score(transformer, ["PredictedLabel.output"], [7]).Single();
        CollectionAssert.AreEqual(expected, result.Keys("PredictedLabel.output"));
        Assert.AreEqual(1, result.Columns("PredictedLabel.output"));
        Assert.AreEqual(1u, expected.Min());
    }

    [TestMethod]
    public void Two_models_in_one_pipeline_do_not_meet()
    {
        OnnxRuntime.Require();
        ITransformer transformer = _mlContext.Transforms.Concatenate("Features", "A", "B")
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_mlContext.SmallSal(options => options.Seed = 1))
            .Append(_mlContext.Transforms.CopyColumns("FirstScore", "Score"))
            .Append(_mlContext.SmallSal(options => options.Seed = 2))
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(Data);
        AssertSameScores(transformer);
        float[] first = [.. transformer.Transform(Data).GetColumn<float[]>("FirstScore").SelectMany(scores => scores)];
        AssertClose(first, Score(transformer, ["FirstScore.output"], [7]).Single().Floats("FirstScore.output"));
    }

    [TestMethod]
    public void An_operator_set_too_old_is_refused_by_name()
    {
        ITransformer transformer = Fit(2, RoutedLayers.All);
        var exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _mlContext.Model.ConvertToOnnx(transformer, Data, 10, Stream.Null));
        StringAssert.Contains(exception.Message, "11");
        _mlContext.Model.ConvertToOnnx(transformer, Data, 11, Stream.Null);
    }

    [TestMethod]
    public void Features_that_have_no_ONNX_form_are_refused_by_name()
    {
        ITransformer transformer = _mlContext.Transforms.Concatenate("Features", "A", "B")
            .Append(_mlContext.Transforms.NormalizeBinning("Features"))
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_mlContext.SmallSal())
            .Fit(Data);
        var exception = Assert.ThrowsExactly<NotSupportedException>(() => _mlContext.Model.ConvertToOnnx(transformer, Data, Stream.Null));
        StringAssert.Contains(exception.Message, "cannot be exported to ONNX");
        StringAssert.Contains(exception.Message, "'Features'");
    }

    private ITransformer Fit(int areas, RoutedLayers routed) => _mlContext.Transforms.Concatenate("Features", "A", "B")
        .Append(_mlContext.Transforms.NormalizeMinMax("Features"))
        .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
        .Append(_mlContext.SmallSal(options => (options.NumberOfAreas, options.RoutedLayers) = (areas, routed)))
        .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
        .Fit(Data);

    private void AssertSameScores(ITransformer transformer)
    {
        OnnxRows.Prediction[] expected = [.. _mlContext.Data.CreateEnumerable<OnnxRows.Prediction>(transformer.Transform(Data), reuseRowObject: false)];
        float[] scores = [.. expected.SelectMany(row => row.Score)];
        foreach (OnnxResult result in Score(transformer, ["PredictedLabel.output", "Score.output"], Batches))
        {
            CollectionAssert.AreEqual(expected.Select(row => row.PredictedLabel).ToArray(), result.Texts("PredictedLabel.output"));
            AssertClose(scores, result.Floats("Score.output"));
        }
    }

    private IReadOnlyList<OnnxResult> Score(ITransformer transformer, string[] outputs, int[] batches)
    {
        using var stream = new MemoryStream();
        _mlContext.Model.ConvertToOnnx(transformer, Data, stream);
        return OnnxRuntime.Score(
            stream.ToArray(),
            [
                OnnxRuntime.Input("A", [2, 2], [.. Rows.SelectMany(row => row.A)]),
                OnnxRuntime.Input("B", [1], [.. Rows.Select(row => row.B)]),
                OnnxRuntime.Input("Colour", Rows.Select(row => row.Colour)),
                OnnxRuntime.Input("Label", Rows.Select(row => row.Label)),
            ],
            outputs,
            batches);
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], 1e-4f, $"score {i}");
        }
    }
}
