using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime.Tensors;
using Sal.Core.Model;

namespace Microsoft.ML.Sal.Tests.Onnx;

/// <summary>Whole pipelines, exported by ML.NET and scored by ONNX Runtime.</summary>
[TestClass]
public class PipelineExportTests
{
    private static readonly int[] Batches = [1, 7, 256];
    private static readonly OnnxRows.Row[] Rows = OnnxRows.Make(300);

    private static readonly OnnxColumn[] Inputs =
    [
        OnnxColumn.Of("A", [2, 2], Rows.SelectMany(row => row.A).ToArray()),
        OnnxColumn.Of("B", [1], Rows.Select(row => row.B).ToArray()),
        OnnxColumn.Of("Color", [1], Rows.Select(row => row.Color).ToArray()),
        OnnxColumn.Of("Label", [1], Rows.Select(row => row.Label).ToArray()),
    ];

    private readonly MLContext _mlContext = new(seed: 1);

    private IDataView Data => _mlContext.Data.LoadFromEnumerable(Rows);

    [TestMethod]
    [DataRow(1, RoutedLayers.All)]
    [DataRow(3, RoutedLayers.All)]
    [DataRow(3, RoutedLayers.FirstOnly)]
    public void An_exported_pipeline_gives_the_same_labels_and_scores(int areas, RoutedLayers routed)
    {
        AssertSameScores(Fit(areas, routed));
    }

    [TestMethod]
    public void A_loaded_pipeline_is_exported_the_same_way()
    {
        using var file = new MemoryStream();
        _mlContext.Model.Save(Fit(2, RoutedLayers.All), Data.Schema, file);
        file.Position = 0;
        AssertSameScores(_mlContext.Model.Load(file, out _));
    }

    [TestMethod]
    public void A_feature_column_of_two_dimensions_is_flattened()
    {
        ITransformer transformer = _mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(_mlContext.SmallSal(options => options.FeatureColumnName = "A")).Fit(Data);
        AssertSameScores(
            transformer.Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(transformer.Transform(Data))));
    }

    [TestMethod]
    public void Categories_are_exported_as_indicators()
    {
        AssertSameScores(_mlContext.Transforms.Categorical.OneHotEncoding("Color")
            .Append(_mlContext.Transforms.Concatenate("Features", "Color", "B"))
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_mlContext.SmallSal())
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(Data));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Features_of_tables_are_exported(bool replaceMissingValues)
    {
        // The last rows have rare colors and miss a number; a color that is missing and one that only they have are among them.
        OnnxRows.Row[] rows = OnnxRows.Make(300);
        foreach ((int index, OnnxRows.Row row) in rows[^8..].Index())
        {
            (row.Color, row.B) = (index % 2 == 0 ? "" : $"shade {index}", float.NaN);
        }

        IDataView data = _mlContext.Data.LoadFromEnumerable(rows);
        ITransformer model = _mlContext.Transforms.TabularFeatures(replaceMissingValues: replaceMissingValues)
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_mlContext.SmallSal())
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(data);
        float[] expected = [.. model.Transform(data).GetColumn<float[]>("Score").SelectMany(scores => scores)];
        using var stream = new MemoryStream();
        _mlContext.Model.ConvertToOnnx(model, data, stream);
        using var scorer = new OnnxScorer(stream.ToArray());
        AssertClose(
            expected,
            scorer.Score<float>(
                "Score.output",
                7,
                OnnxColumn.Of("A", [2, 2], rows.SelectMany(row => row.A).ToArray()),
                OnnxColumn.Of("B", [1], rows.Select(row => row.B).ToArray()),
                OnnxColumn.Of("Color", [1], rows.Select(row => row.Color).ToArray()),
                OnnxColumn.Of("Label", [1], rows.Select(row => row.Label).ToArray())).ToArray());
    }

    [TestMethod]
    public void Hashed_categories_can_be_the_only_features() => AssertSameScores(
        _mlContext.Transforms.Categorical.OneHotHashEncoding("Features", "Color", numberOfBits: 4)
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_mlContext.SmallSal())
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(Data));

    [TestMethod]
    public void Predicted_labels_are_keys_that_count_from_1()
    {
        ITransformer transformer = _mlContext.Transforms.Concatenate("Features", "A", "B")
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label")).Append(_mlContext.SmallSal()).Fit(Data);
        uint[] expected = [.. transformer.Transform(Data).GetColumn<uint>("PredictedLabel")];
        using OnnxScorer scorer = Export(transformer);
        DenseTensor<uint> keys = scorer.Score<uint>("PredictedLabel.output", 7, Inputs);
        CollectionAssert.AreEqual(expected, keys.ToArray());
        CollectionAssert.AreEqual(new[] { Rows.Length, 1 }, keys.Dimensions.ToArray());
        Assert.AreEqual(1u, expected.Min());
    }

    [TestMethod]
    public void Two_models_in_one_pipeline_do_not_interfere()
    {
        ITransformer transformer = _mlContext.Transforms.Concatenate("Features", "A", "B")
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_mlContext.SmallSal(options => options.Seed = 1))
            .Append(_mlContext.Transforms.CopyColumns("FirstScore", "Score"))
            .Append(_mlContext.SmallSal(options => options.Seed = 2))
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(Data);
        AssertSameScores(transformer);
        float[] first = [.. transformer.Transform(Data).GetColumn<float[]>("FirstScore").SelectMany(scores => scores)];
        using OnnxScorer scorer = Export(transformer);
        AssertClose(first, scorer.Score<float>("FirstScore.output", 7, Inputs).ToArray());
    }

    private ITransformer Fit(int areas, RoutedLayers routed) => _mlContext.Transforms.Concatenate("Features", "A", "B")
        .Append(_mlContext.Transforms.NormalizeMinMax("Features"))
        .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
        .Append(_mlContext.SmallSal(options => (options.NumberOfAreas, options.RoutedLayers) = (areas, routed)))
        .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
        .Fit(Data);

    private void AssertSameScores(ITransformer transformer)
    {
        OnnxRows.Prediction[] expected =
            [.. _mlContext.Data.CreateEnumerable<OnnxRows.Prediction>(transformer.Transform(Data), reuseRowObject: false)];
        float[] scores = [.. expected.SelectMany(row => row.Score)];
        using OnnxScorer scorer = Export(transformer);
        foreach (int batch in Batches)
        {
            CollectionAssert.AreEqual(
                expected.Select(row => row.PredictedLabel).ToArray(),
                scorer.Score<string>("PredictedLabel.output", batch, Inputs).ToArray());
            AssertClose(scores, scorer.Score<float>("Score.output", batch, Inputs).ToArray());
        }
    }

    private OnnxScorer Export(ITransformer transformer)
    {
        using var stream = new MemoryStream();
        _mlContext.Model.ConvertToOnnx(transformer, Data, stream);
        return new OnnxScorer(stream.ToArray());
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], OnnxRows.Tolerance, $"score {i}");
        }
    }
}
