using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.ML.Data;
using Microsoft.ML.Sal.Tests.Estimator;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML.Sal.Tests.Scoring;

[TestClass]
public class TopClassesTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void The_likeliest_classes_are_in_one_column_with_names_and_probabilities_and_the_score_stays()
    {
        IDataView data = Blobs.View(_mlContext);
        ITransformer model = _mlContext.SmallSal()
            .Append(_mlContext.Transforms.SelectTopClasses(count: 2))
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(data);

        foreach (ScoredRow row in _mlContext.Data.CreateEnumerable<ScoredRow>(model.Transform(data), reuseRowObject: false))
        {
            AssertLikeliest(row, ["red", "green", "blue"], 2);
            Assert.AreEqual(row.PredictedLabel, row.TopClasses[0].ClassName);
        }

        using PredictionEngine<LabeledRow<uint>, ScoredRow> engine =
            _mlContext.Model.CreatePredictionEngine<LabeledRow<uint>, ScoredRow>(model, data.Schema);
        ScoredRow first = engine.Predict(new LabeledRow<uint> { Features = [2, 0, -1], Label = 1 });
        ScoredRow second = engine.Predict(new LabeledRow<uint> { Features = [-2, 1, 0], Label = 1 });
        Assert.AreEqual("red", first.TopClasses[0].ClassName);
        Assert.AreEqual("green", second.TopClasses[0].ClassName);
        Assert.AreEqual(first.Score.Max(), first.TopClasses[0].Probability);
    }

    [TestMethod]
    public void What_ML_NET_requires_of_every_estimator_holds()
    {
        IDataView data = Blobs.View(_mlContext);
        IDataView scored = _mlContext.SmallSal().Fit(data).Transform(data);

        EstimatorCheck.Run(_mlContext, _mlContext.Transforms.SelectTopClasses(), scored, data);
    }

    [TestMethod]
    public void The_names_of_other_trainers_and_other_labels_are_found()
    {
        AssertNames(_mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy(), Blobs.Name);
        AssertNames(_mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy(), i => (i + 1) * 100);
        AssertNames(_mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy(), i => new DateTime(2020, 1, 1 + i));
        AssertNames(_mlContext.SmallSal(), i => i / 4.0);
    }

    [TestMethod]
    public void The_names_of_LightGbm_are_found()
    {
        try
        {
            AssertNames(_mlContext.MulticlassClassification.Trainers.LightGbm(), Blobs.Name);
            AssertNames(_mlContext.MulticlassClassification.Trainers.LightGbm(), i => (i + 1) * 100);
        }
        catch (Exception exception) when (exception is DllNotFoundException or TypeInitializationException)
        {
            Assert.Inconclusive($"LightGBM's native library does not load on this machine: {exception.Message}");
        }
    }

    [TestMethod]
    public void Classes_without_names_are_numbered_like_the_scores()
    {
        IDataView data = Blobs.UnnamedView(_mlContext);
        ITransformer model = _mlContext.SmallSal().Append(_mlContext.Transforms.SelectTopClasses("Top", count: 10)).Fit(data);

        foreach (UnnamedScoredRow row in _mlContext.Data.CreateEnumerable<UnnamedScoredRow>(model.Transform(data), reuseRowObject: false))
        {
            AssertLikeliest(new ScoredRow { Score = row.Score, TopClasses = row.Top }, ["0", "1", "2"], 3);
        }
    }

    [TestMethod]
    public void A_saved_pipeline_selects_the_same_classes_after_loading()
    {
        IDataView data = Blobs.View(_mlContext);
        ITransformer model = _mlContext.SmallSal().Append(_mlContext.Transforms.SelectTopClasses("Likeliest", "Score", 2)).Fit(data);
        using var stream = new MemoryStream();
        _mlContext.Model.Save(model, data.Schema, stream);
        stream.Position = 0;

        ITransformer loaded = new MLContext().Model.Load(stream, out _);

        string[] expected = [.. Texts(model)];
        Assert.StartsWith("red 0.9", expected[0]);
        CollectionAssert.AreEqual(expected, Texts(loaded).ToArray());

        IEnumerable<string> Texts(ITransformer scorer) => scorer.Transform(data).GetColumn<TopClasses>("Likeliest").Select(top => $"{top}");
    }

    [TestMethod]
    public void A_process_that_never_touched_the_trainer_loads_the_pipeline()
    {
        using var folder = new TemporaryFolder();
        Blobs.WriteFile(folder.File("rows.csv"), Blobs.Rows(60));
        IDataView data = Program.Load(_mlContext, folder.File("rows.csv"));
        ITransformer model = _mlContext.Transforms.Concatenate("Features", "A", "B")
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_mlContext.SmallSal())
            .Append(_mlContext.Transforms.SelectTopClasses())
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(data);
        _mlContext.Model.Save(model, data.Schema, folder.File("model.zip"));

        using Process process = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList =
            {
                "exec", typeof(Program).Assembly.Location, "score", folder.File("model.zip"), folder.File("rows.csv"),
                folder.File("scores.txt"),
            },
            RedirectStandardError = true,
        })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.AreEqual(0, process.ExitCode, errors);
        Assert.HasCount(60, File.ReadAllLines(folder.File("scores.txt")));
    }

    [TestMethod]
    public void The_column_can_be_previewed_and_serialized_but_caches_and_files_leave_it_out()
    {
        IDataView data = Blobs.View(_mlContext);
        IDataView scored = _mlContext.SmallSal().Append(_mlContext.Transforms.SelectTopClasses()).Fit(data).Transform(data);
        TopClasses first = scored.GetColumn<TopClasses>("TopClasses").First();

        Assert.AreEqual($"{first}", $"{scored.Preview(1).RowView[0].Values.Single(value => value.Key == "TopClasses").Value}");
        string json = JsonSerializer.Serialize(first);
        Assert.StartsWith("[{\"ClassName\":\"red\",\"Probability\":", json);

        List<string> lines = [];
        _mlContext.Log += (_, line) => lines.Add(line.Message);
        using var text = new MemoryStream();
        _mlContext.Data.SaveAsText(scored, text, schema: false);
        using var binary = new MemoryStream();
        _mlContext.Data.SaveAsBinary(scored, binary);
        binary.Position = 0;

        Assert.IsNull(_mlContext.Data.Cache(scored).Schema.GetColumnOrNull("TopClasses"));
        Assert.Contains("\tPredictedLabel\tred\tgreen\tblue\n", Encoding.UTF8.GetString(text.ToArray()));
        Assert.DoesNotContain("TopClasses", Encoding.UTF8.GetString(text.ToArray()));
        Assert.HasCount(2, lines.Where(line => line.Contains("'TopClasses' will not be written", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void An_ONNX_export_passes_the_column_if_it_names_others()
    {
        IDataView data = Blobs.View(_mlContext);
        ITransformer plain = _mlContext.SmallSal().Fit(data);
        ITransformer model = new TransformerChain<ITransformer>(
            plain, _mlContext.Transforms.SelectTopClasses().Fit(plain.Transform(data)));
        using MemoryStream expected = new(), actual = new();

        _mlContext.Model.ConvertToOnnx(plain, data, expected, "Score", "PredictedLabel");
        _mlContext.Model.ConvertToOnnx(model, data, actual, "Score", "PredictedLabel");

        CollectionAssert.AreEqual(expected.ToArray(), actual.ToArray());
        Assert.StartsWith(
            "The targeted pipeline can not be fully converted into a well-defined ONNX model.",
            Assert.Throws<Exception>(() => _mlContext.Model.ConvertToOnnx(model, data, Stream.Null)).Message);
    }

    [TestMethod]
    public void What_is_no_score_is_refused()
    {
        IDataView data = Blobs.View(_mlContext);
        Assert.AreEqual(
            "There is no score column 'Score'. Append SelectTopClasses after a multiclass trainer, or name its score column. "
            + "The data has 'Features', 'Label', 'Weight'.",
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _mlContext.Transforms.SelectTopClasses().Fit(data)).Message);
        string wrong = "The column 'Weight' is not a known-size vector of Single, as the score of a multiclass trainer is. "
            + "Append SelectTopClasses after a multiclass trainer, or name its score column.";
        TopClassesEstimator estimator = _mlContext.Transforms.SelectTopClasses("Top", "Weight");
        Assert.AreEqual(wrong, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => estimator.Fit(data)).Message);
        Assert.AreEqual(wrong, Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => estimator.GetOutputSchema(EstimatorCheck.Shape(data.Schema))).Message);
        Assert.StartsWith(
            "count is 0, but must be 1 or more.",
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _mlContext.Transforms.SelectTopClasses(count: 0)).Message);
    }

    private static void AssertLikeliest(ScoredRow row, string[] names, int count)
    {
        Assert.HasCount(names.Length, row.Score);
        IEnumerable<string> expected = names.Zip(row.Score).OrderByDescending(pair => pair.Second).Take(count)
            .Select(pair => $"{new ClassProbability(pair.First, pair.Second)}");
        CollectionAssert.AreEqual(expected.ToArray(), row.TopClasses.Select(top => $"{top}").ToArray());
    }

    private void AssertNames<TLabel>(IEstimator<ITransformer> trainer, Func<int, TLabel> label)
    {
        IDataView data = Blobs.View(_mlContext, Blobs.Rows(300, label));
        ITransformer model = trainer.Append(_mlContext.Transforms.SelectTopClasses(count: 1)).Fit(data);

        string[] tops = [.. model.Transform(data).GetColumn<TopClasses>("TopClasses").Select(top => top.Single().ClassName)];

        string[] expected = [.. Enumerable.Range(0, 300).Select(row => Name(label(row % 3)))];
        Assert.IsGreaterThan(290, tops.Zip(expected).Count(pair => pair.First == pair.Second), string.Join(' ', tops.Take(6)));

        static string Name(TLabel label) => label is DateTime date ? $"{date:yyyy-MM-dd}" : FormattableString.Invariant($"{label}");
    }

    private sealed class ScoredRow
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];

        public TopClasses TopClasses { get; set; } = TopClasses.Empty;
    }

    private sealed class UnnamedScoredRow
    {
        public float[] Score { get; set; } = [];

        public TopClasses Top { get; set; } = TopClasses.Empty;
    }
}
