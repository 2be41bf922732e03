using System.Diagnostics;
using System.IO.Compression;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Model;

namespace Microsoft.ML.Sal.Tests.Saving;

[TestClass]
public class SavedModelTests
{
    [TestMethod]
    public void A_process_that_never_touched_the_trainer_scores_a_saved_pipeline_bitwise_identically()
    {
        using var folder = new TemporaryFolder();
        string rows = folder.File("rows.csv");
        Blobs.WriteFile(rows, Blobs.Rows(60));
        string model = folder.File("model.zip");
        string scores = folder.File("scores.txt");
        (MLContext mlContext, ITransformer trained) = TrainPipeline(rows, model);

        using Process process = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { "exec", typeof(Program).Assembly.Location, "score", model, rows, scores },
            RedirectStandardError = true,
        })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.AreEqual(0, process.ExitCode, errors);
        string[] expected = [.. Program.Score(mlContext, trained, rows)];
        CollectionAssert.AreEqual(expected, File.ReadAllLines(scores));
        CollectionAssert.AreEqual(Blobs.Rows(60).Select(row => row.Label).ToArray(), expected.Select(line => line.Split(' ')[0]).ToArray());
    }

    [TestMethod]
    public void Loading_gives_the_same_scores_layout_and_history()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = Blobs.View(mlContext);
        SalMulticlassPredictionTransformer trained = mlContext.SmallSal().Fit(data);
        using var stream = new MemoryStream();
        mlContext.Model.Save(trained, data.Schema, stream);
        stream.Position = 0;

        var fresh = new MLContext();
        ITransformer loaded = fresh.Model.Load(stream, out DataViewSchema schema);

        Assert.IsNotNull(schema.GetColumnOrNull("Features"));
        SalMulticlassModelParameters expected = trained.Model;
        var actual = (SalMulticlassModelParameters)LastPredictor(loaded).Model;
        CollectionAssert.AreEqual(expected.ModelBytes(), actual.ModelBytes());
        Assert.AreEqual(expected.ActiveParameterCount, actual.ActiveParameterCount);
        Assert.HasCount(expected.History.Epochs.Count, actual.History.Epochs);
        for (int i = 0; i < expected.History.Epochs.Count; i++)
        {
            Assert.AreEqual(expected.History.Epochs[i].TrainingLoss, actual.History.Epochs[i].TrainingLoss);
            Assert.AreEqual(expected.History.Epochs[i].Seconds, actual.History.Epochs[i].Seconds);
            CollectionAssert.AreEqual(expected.History.Epochs[i].AreaLoads.ToArray(), actual.History.Epochs[i].AreaLoads.ToArray());
        }

        CollectionAssert.AreEqual(Scores(mlContext, trained, data), Scores(fresh, loaded, data));
    }

    [TestMethod]
    public void The_engine_alone_scores_the_model_inside_a_saved_pipeline_and_knows_its_classes()
    {
        using var folder = new TemporaryFolder();
        var mlContext = new MLContext(seed: 1);
        IDataView data = Blobs.View(mlContext);
        ITransformer trained = mlContext.SmallSal().Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
        mlContext.Model.Save(trained, data.Schema, folder.File("first.zip"));
        ITransformer loaded = new MLContext().Model.Load(folder.File("first.zip"), out _);
        mlContext.Model.Save(loaded, data.Schema, folder.File("second.zip"));

        using FileStream file = File.OpenRead(folder.File("second.zip"));
        SalModel engine = SalModel.LoadFromZip(file, out IReadOnlyList<string>? classNames);

        CollectionAssert.AreEqual(new[] { "red", "green", "blue" }, classNames!.ToArray());
        IDataView scored = loaded.Transform(data);
        float[][] expected = [.. mlContext.Data.CreateEnumerable<Scored>(scored, reuseRowObject: false, ignoreMissingColumns: true)
            .Select(row => row.Score)];
        foreach ((int i, LabeledRow<string> row) in Blobs.Rows().Index())
        {
            var probabilities = new float[Blobs.ClassCount];
            engine.Predict(row.Features, probabilities);
            CollectionAssert.AreEqual(expected[i], probabilities);
        }
    }

    [TestMethod]
    public void Loading_reports_an_altered_model()
    {
        InvalidDataException error = LoadDamaged(bytes =>
        {
            bytes[bytes.Length / 2] ^= 1;
            return bytes;
        });

        Assert.Contains("checksum", error.Message);
    }

    [TestMethod]
    public void Loading_reports_a_truncated_model()
    {
        InvalidDataException error = LoadDamaged(bytes => bytes[..(bytes.Length / 2)]);

        Assert.Contains("truncated", error.Message);
    }

    [TestMethod]
    public void Loading_reports_a_missing_model()
    {
        InvalidDataException error = LoadDamaged(_ => null);

        Assert.Contains("SalModel", error.Message);
    }

    [TestMethod]
    public void Loading_reports_a_truncated_file()
    {
        using var folder = new TemporaryFolder();
        string path = SaveModel(folder);
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);

        Assert.Throws<Exception>(() => new MLContext().Model.Load(path, out _));
    }

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }

    private static (MLContext Context, ITransformer Model) TrainPipeline(string rows, string modelPath)
    {
        var mlContext = new MLContext(seed: 3);
        IDataView data = Program.Load(mlContext, rows);
        ITransformer model = mlContext.Transforms.Concatenate("Features", "A", "B")
            .Append(mlContext.Transforms.NormalizeMinMax("Features"))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(mlContext.SmallSal())
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(data);
        mlContext.Model.Save(model, data.Schema, modelPath);
        return (mlContext, model);
    }

    private static string SaveModel(TemporaryFolder folder)
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = Blobs.View(mlContext);
        string path = folder.File("model.zip");
        mlContext.Model.Save(mlContext.SmallSal().Fit(data), data.Schema, path);
        return path;
    }

    /// <summary>Replaces the engine's model inside the zip, or removes it if the damage returns null.</summary>
    private static InvalidDataException LoadDamaged(Func<byte[], byte[]?> damage)
    {
        using var folder = new TemporaryFolder();
        string path = SaveModel(folder);
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            ZipArchiveEntry entry = zip.Entries.Single(entry => entry.Name == "SalModel");
            using var content = new MemoryStream();
            using (Stream stream = entry.Open())
            {
                stream.CopyTo(content);
            }

            string name = entry.FullName;
            entry.Delete();
            if (damage(content.ToArray()) is { } damaged)
            {
                using Stream stream = zip.CreateEntry(name).Open();
                stream.Write(damaged);
            }
        }

        Exception wrapper = Assert.Throws<Exception>(() => new MLContext().Model.Load(path, out _));
        return Assert.IsInstanceOfType<InvalidDataException>(wrapper.GetBaseException());
    }

    private static ISingleFeaturePredictionTransformer<object> LastPredictor(ITransformer transformer) => transformer switch
    {
        ISingleFeaturePredictionTransformer<object> predictor => predictor,
        IEnumerable<ITransformer> chain => LastPredictor(chain.Last()),
        _ => throw new InvalidOperationException($"{transformer.GetType()} is no predictor."),
    };

    private static float[] Scores(MLContext mlContext, ITransformer model, IDataView data) =>
        [.. mlContext.Data.CreateEnumerable<Prediction>(model.Transform(data), reuseRowObject: false).SelectMany(row => row.Score)];
}
