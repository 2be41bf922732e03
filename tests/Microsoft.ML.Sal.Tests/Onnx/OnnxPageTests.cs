using System.Text.Json.Nodes;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Model;

namespace Microsoft.ML.Sal.Tests.Onnx;

/// <summary>The code of docs/onnx.md, and what the page says about the files.</summary>
[TestClass]
public sealed class OnnxPageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext mlContext = new(seed: 1); // named as on the page

    private static OnnxRows.Row[] Rows { get; } = OnnxRows.Make(90);

    private IDataView Data => mlContext.Data.LoadFromEnumerable(Rows);

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void The_code_on_the_page_is_in_this_file() => PageCode.IsRun("onnx.md", nameof(OnnxPageTests), blocks: 4);

    [TestMethod]
    public void A_pipeline_is_exported_and_scored()
    {
        string path = _folder.File("pipeline.onnx");
        IDataView data = Data;
        var model = mlContext.Transforms.Concatenate("Features", "A", "B")
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(mlContext.MulticlassClassification.Trainers.Sal())
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(data);

        using (FileStream file = File.Create(path))
        {
            mlContext.Model.ConvertToOnnx(model, data, file, "Score", "PredictedLabel");
        }

        ITransformer onnx = mlContext.Transforms.ApplyOnnxModel(path).Fit(data);
        IDataView scored = onnx.Transform(data);

        AssertScores(model.Transform(data), [.. scored.GetColumn<float[]>("Score").SelectMany(scores => scores)]);
        CollectionAssert.AreEqual(
            model.Transform(data).GetColumn<string>("PredictedLabel").ToArray(),
            scored.GetColumn<VBuffer<ReadOnlyMemory<char>>>("PredictedLabel").Select(label => label.GetValues()[0].ToString()).ToArray());
        VBuffer<ReadOnlyMemory<char>> classes = default;
        scored.Schema["Score"].GetSlotNames(ref classes);
        CollectionAssert.AreEqual(
            new[] { "class 0", "class 1", "class 2" }, classes.DenseValues().Select(name => name.ToString()).ToArray());
        Assert.IsFalse(scored.Schema["PredictedLabel"].HasKeyValues());
        Assert.AreEqual("Vector<Single, 1, 3>", scored.Schema["Score"].Type.ToString());
        Assert.AreEqual("Vector<String, 1, 1>", scored.Schema["PredictedLabel"].Type.ToString());

        using var scorer = new OnnxScorer(File.ReadAllBytes(path));
        CollectionAssert.AreEquivalent(new[] { "A", "B", "Color", "Label" }, scorer.Session.InputNames.ToArray());
        CollectionAssert.AreEquivalent(
            new[] { "Score.output", "PredictedLabel.output", "mlnet.Score.unusedOutput" }, scorer.Session.OutputNames.ToArray());
    }

    [TestMethod]
    public void A_model_is_exported_and_scored()
    {
        string path = _folder.File("model.onnx");
        IDataView data = Data;
        var model = mlContext.Transforms.Concatenate("Features", "A", "B")
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(mlContext.MulticlassClassification.Trainers.Sal())
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(data);

        SalModel salModel = model.OfType<ISingleFeaturePredictionTransformer<SalMulticlassModelParameters>>().Single().Model.Model;
        salModel.SaveOnnx(path);

        IDataView expected = model.Transform(data);
        float[] features = [.. expected.GetColumn<float[]>("Features").SelectMany(row => row)];
        int rowCount = Rows.Length, featureCount = salModel.FeatureCount;

        using var session = new InferenceSession(path);
        using var options = new RunOptions();
        using OrtValue rows = OrtValue.CreateTensorValueFromMemory(features, [rowCount, featureCount]); // float[], row by row
        using var outputs = session.Run(options, ["Features"], [rows], ["Score", "PredictedLabel"]);
        ReadOnlySpan<float> scores = outputs[0].GetTensorDataAsSpan<float>(); // row by row
        ReadOnlySpan<long> labels = outputs[1].GetTensorDataAsSpan<long>();

        AssertScores(expected, scores.ToArray());
        CollectionAssert.AreEqual(
            expected.GetColumn<string>("PredictedLabel").ToArray(), labels.ToArray().Select(label => $"class {label}").ToArray());

        ITransformer onnx = mlContext.Transforms.Concatenate("Features", "A", "B")
            .Append(mlContext.Transforms.ApplyOnnxModel(["Score", "PredictedLabel"], ["Features"], path))
            .Fit(data);

        IDataView scored = onnx.Transform(data);
        AssertScores(expected, [.. scored.GetColumn<float[]>("Score").SelectMany(row => row)]);
        Assert.AreEqual("Vector<Single, 1, 3>", scored.Schema["Score"].Type.ToString());
        Assert.AreEqual("Vector<Int64, 1>", scored.Schema["PredictedLabel"].Type.ToString());
        Assert.IsFalse(scored.Schema["Score"].HasSlotNames());
    }

    [TestMethod]
    public void The_label_input_of_a_file_is_ignored()
    {
        using var scorer = new OnnxScorer(Export(mlContext.Transforms.Concatenate("Features", "A", "B"), Data));
        OnnxColumn[] inputs =
        [
            OnnxColumn.Of("A", [2, 2], Rows.SelectMany(row => row.A).ToArray()),
            OnnxColumn.Of("B", [1], Rows.Select(row => row.B).ToArray()),
            OnnxColumn.Of("Color", [1], Rows.Select(row => row.Color).ToArray()),
        ];
        CollectionAssert.AreEqual(Score(row => row.Label), Score(_ => "unknown"));

        float[] Score(Func<OnnxRows.Row, string> label) =>
            scorer.Score<float>("Score.output", 7, [.. inputs, OnnxColumn.Of("Label", [1], Rows.Select(label).ToArray())]).ToArray();
    }

    [TestMethod]
    public void Transforms_that_made_the_data_are_exported_too()
    {
        IDataView made = mlContext.Transforms.Concatenate("Features", "A", "B").Fit(Data).Transform(Data);
        using var scorer = new OnnxScorer(Export(mlContext.Transforms.NormalizeMinMax("Features"), made));
        CollectionAssert.AreEquivalent(new[] { "A", "B", "Color", "Label" }, scorer.Session.InputNames.ToArray());
    }

    [TestMethod]
    public void Operator_sets_are_11_and_12()
    {
        ITransformer model = Fit(mlContext.Transforms.Concatenate("Features", "A", "B"), Data);
        foreach (int set in (int[])[11, 12])
        {
            using var file = new MemoryStream();
            mlContext.Model.ConvertToOnnx(model, Data, set, file);
            new OnnxScorer(file.ToArray()).Dispose();
        }

        foreach ((int set, string nearest) in ((int, string)[])[(10, "11"), (13, "12")])
        {
            var exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
                () => mlContext.Model.ConvertToOnnx(model, Data, set, Stream.Null));
            StringAssert.Contains(exception.Message, nearest);
        }
    }

    [TestMethod]
    public void Transforms_use_operators_of_other_domains()
    {
        byte[] plain = Export(mlContext.Transforms.Concatenate("Features", "A", "B"), Data);
        using var file = new MemoryStream();
        mlContext.Model.ConvertToOnnx(mlContext.Transforms.Text.TokenizeIntoWords("Words", "Color").Fit(Data), Data, file);

        Assert.IsGreaterThanOrEqualTo(0, plain.AsSpan().IndexOf("ai.onnx.ml"u8));
        Assert.AreEqual(-1, plain.AsSpan().IndexOf("com.microsoft"u8));
        Assert.IsGreaterThanOrEqualTo(0, file.ToArray().AsSpan().IndexOf("com.microsoft"u8));
    }

    [TestMethod]
    public void ApplyOnnxModel_brings_only_the_managed_part_of_the_runtime()
    {
        string path = Path.ChangeExtension(typeof(OnnxPageTests).Assembly.Location, ".deps.json");
        JsonNode libraries = JsonNode.Parse(File.ReadAllText(path))!["targets"]!.AsObject().Single().Value!;
        JsonObject dependencies = libraries.AsObject().Single(library => library.Key.StartsWith(
            "Microsoft.ML.OnnxTransformer/", StringComparison.Ordinal)).Value!["dependencies"]!.AsObject();
        Assert.IsTrue(dependencies.ContainsKey("Microsoft.ML.OnnxRuntime.Managed"));
        Assert.IsFalse(dependencies.ContainsKey("Microsoft.ML.OnnxRuntime"));
    }

    private byte[] Export(IEstimator<ITransformer> features, IDataView data)
    {
        using var file = new MemoryStream();
        mlContext.Model.ConvertToOnnx(Fit(features, data), data, file);
        return file.ToArray();
    }

    private ITransformer Fit(IEstimator<ITransformer> features, IDataView data) => features
        .Append(mlContext.Transforms.Conversion.MapValueToKey("Label"))
        .Append(mlContext.SmallSal(options => options.NumberOfEpochs = 2))
        .Fit(data);

    private static void AssertScores(IDataView expected, float[] actual)
    {
        float[] scores = [.. expected.GetColumn<float[]>("Score").SelectMany(row => row)];
        Assert.HasCount(scores.Length, actual);
        Assert.IsLessThan(OnnxRows.Tolerance, scores.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second)));
    }
}
