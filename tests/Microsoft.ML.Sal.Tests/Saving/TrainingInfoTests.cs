using System.IO.Compression;
using System.Reflection;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Training;

namespace Microsoft.ML.Sal.Tests.Saving;

/// <summary>What a model was trained with is on the model, in its file, and readable without the weights.</summary>
[TestClass]
public class TrainingInfoTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void Versions_data_columns_and_date_are_those_of_the_run()
    {
        LabeledRow<string>[] rows = [.. Blobs.Rows(100)];
        rows[0].Weight = float.NaN; // skipped
        IDataView data = Blobs.View(_mlContext, rows);
        DateTimeOffset before = DateTimeOffset.UtcNow;

        SalTrainingInfo info = _mlContext.SmallSal(options =>
        {
            options.ExampleWeightColumnName = "Weight";
            options.ValidationFraction = 0.2;
        }).Fit(data).Model.TrainingInfo!;

        Assert.IsInRange(before.AddSeconds(-1), DateTimeOffset.UtcNow, info.Date);
        Assert.AreEqual(TimeSpan.Zero, info.Date.Offset);
        Assert.StartsWith("5.0.", info.MLNetVersion);
        Assert.AreEqual(
            typeof(SalMulticlassTrainer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
                .InformationalVersion.Split('+')[0],
            info.PackageVersion);
        Assert.AreEqual(Environment.Version.ToString(), info.RuntimeVersion);
        Assert.AreEqual((81, 18), (info.RowCount, info.ValidationRowCount)); // of 99 rows, 6 of the 33 of each class
        Assert.AreEqual((3, 3), (info.FeatureCount, info.ClassCount));
        Assert.AreEqual(("Label", "Features", "Weight"), (info.LabelColumnName, info.FeatureColumnName, info.ExampleWeightColumnName));
        Assert.IsFalse(info.ContinuesModel);
        Assert.IsNull(info.StoppedInEpoch);
    }

    [TestMethod]
    public void Options_are_recorded_as_given_and_as_chosen()
    {
        using var folder = new TemporaryFolder();
        SalTrainingInfo info = _mlContext.MulticlassClassification.Trainers.Sal(new SalMulticlassTrainer.Options
        {
            HiddenUnits = 16, LearningRate = 0.0125, Rule = LearningRule.DirectFeedback, CheckpointPath = folder.File("run.checkpoint"),
            SelectionFraction = 0,
        }).Fit(Blobs.View(_mlContext, 150)).Model.TrainingInfo!;

        string[] values = [.. typeof(SalMulticlassTrainer.Options).GetProperties().Select(option => option.Name)
            .Except([nameof(SalMulticlassTrainer.Options.ValidationSet), nameof(SalMulticlassTrainer.Options.Progress),
                nameof(SalMulticlassTrainer.Options.CancellationToken)])];
        CollectionAssert.AreEquivalent(values, info.GivenOptions.Keys.ToArray());
        CollectionAssert.AreEquivalent(values, info.ChosenOptions.Keys.ToArray());
        foreach ((string option, string? given) in info.GivenOptions.Where(option => option.Value is not null))
        {
            Assert.AreEqual(given, info.ChosenOptions[option]);
        }

        Assert.AreEqual("0.0125", info.GivenOptions["LearningRate"]);
        Assert.AreEqual("DirectFeedback", info.GivenOptions["Rule"]);
        Assert.AreEqual("run.checkpoint", info.GivenOptions["CheckpointPath"]); // without the folder
        Dictionary<string, string?> expected = new()
        {
            ["NumberOfAreas"] = "2", ["NumberOfEpochs"] = "133", ["BatchSize"] = "64", ["AreaBatchSize"] = "32", ["LabelSmoothing"] = "0",
            ["WeightDecay"] = "0.1", ["FeedbackDeviation"] = "0.5773502691896258", ["NumberOfThreads"] = $"{Environment.ProcessorCount}",
            ["EarlyStoppingPatience"] = null, ["TimeBudgetSeconds"] = null, ["MaximumCacheMegabytes"] = null,
            ["ExampleWeightColumnName"] = null,
        };
        foreach ((string option, string? chosen) in expected)
        {
            Assert.IsNull(info.GivenOptions[option], option);
            Assert.AreEqual(chosen, info.ChosenOptions[option], option);
        }

        // The seed is drawn from the context. With the same one, training gives the same model.
        Assert.IsNull(info.GivenOptions["Seed"]);
        Assert.IsTrue(int.TryParse(info.ChosenOptions["Seed"], out _));
    }

    [TestMethod]
    public void A_saved_pipeline_tells_it_without_loading_the_model()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("model.zip");
        IDataView data = Blobs.View(_mlContext);
        IEstimator<ITransformer> nested = _mlContext.Transforms.CopyColumns("Copy", "Features")
            .Append(_mlContext.SmallSal(options => options.HiddenUnits = 6))
            .Append(_mlContext.SmallSal(options => options.HiddenUnits = 7));
        ITransformer model = _mlContext.SmallSal(options => options.HiddenUnits = 5).Append(nested).Fit(data);
        _mlContext.Model.Save(model, data.Schema, path);
        DestroyWeights(path);

        IReadOnlyList<SalTrainingInfo?> infos = SalTrainingInfo.LoadFromZip(path);

        CollectionAssert.AreEqual(new[] { "5", "6", "7" }, infos.Select(info => info!.ChosenOptions["HiddenUnits"]).ToArray());
        Assert.Throws<Exception>(() => new MLContext().Model.Load(path, out _));
    }

    [TestMethod]
    public void Loading_and_saving_again_keep_it()
    {
        IDataView data = Blobs.View(_mlContext);
        SalMulticlassPredictionTransformer trained = _mlContext.SmallSal().Fit(data);
        ITransformer loaded = new MLContext().Model.Load(new MemoryStream(Save(trained, data)), out _);

        SalTrainingInfo again = SalTrainingInfo.LoadFromZip(new MemoryStream(Save(loaded, data))).Single()!;

        CollectionAssert.AreEqual(Bytes(trained.Model.TrainingInfo!), Bytes(again));
    }

    [TestMethod]
    public void A_file_of_an_earlier_version_has_none()
    {
        using FileStream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Fixtures", "pipeline-2.zip"));
        Assert.IsNull(SalTrainingInfo.LoadFromZip(file).Single());

        file.Position = 0;
        ITransformer loaded = _mlContext.Model.Load(file, out DataViewSchema schema);
        Assert.IsNull(SavedVersionTests.Sal(loaded).Model.TrainingInfo);
        using var stream = new MemoryStream();
        _mlContext.Model.Save(loaded, schema, stream);
        Assert.IsNull(SalTrainingInfo.LoadFromZip(stream).Single());
    }

    [TestMethod]
    public void Going_on_from_a_model_gives_that_of_the_new_run()
    {
        IDataView data = Blobs.View(_mlContext);
        SalMulticlassModelParameters first = _mlContext.SmallSal().Fit(data).Model;

        SalTrainingInfo info = _mlContext.SmallSal(options => (options.LearningRate, options.NumberOfEpochs) = (0.001, 3))
            .Fit(Blobs.View(_mlContext, 60), first).Model.TrainingInfo!;

        Assert.IsTrue(info.ContinuesModel);
        Assert.AreEqual((60, 3, "0.001"), (info.RowCount, info.KeptEpoch, info.ChosenOptions["LearningRate"]));
        Assert.AreEqual("0.01", first.TrainingInfo!.ChosenOptions["LearningRate"]);
    }

    [TestMethod]
    public void The_bytes_of_the_model_do_not_depend_on_the_date()
    {
        IDataView data = Blobs.View(_mlContext);
        SalMulticlassModelParameters first = _mlContext.SmallSal().Fit(data).Model;
        Assert.IsTrue(SpinWait.SpinUntil(() => DateTimeOffset.UtcNow - first.TrainingInfo!.Date > TimeSpan.FromSeconds(1), 5_000));
        SalMulticlassModelParameters second = _mlContext.SmallSal().Fit(data).Model;

        Assert.AreNotEqual(first.TrainingInfo!.Date, second.TrainingInfo!.Date);
        CollectionAssert.AreEqual(first.ModelBytes(), second.ModelBytes());
    }

    private byte[] Save(ITransformer model, IDataView data)
    {
        using var stream = new MemoryStream();
        _mlContext.Model.Save(model, data.Schema, stream);
        return stream.ToArray();
    }

    private static byte[] Bytes(SalTrainingInfo info)
    {
        using var stream = new MemoryStream();
        info.Save(stream);
        return stream.ToArray();
    }

    private static void DestroyWeights(string path)
    {
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update);
        foreach (ZipArchiveEntry entry in zip.Entries.Where(entry => entry.Name == "SalModel"))
        {
            using Stream stream = entry.Open();
            stream.SetLength(3);
        }
    }
}
