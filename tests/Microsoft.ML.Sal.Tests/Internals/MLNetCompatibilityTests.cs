namespace Microsoft.ML.Sal.Tests.Internals;

/// <summary>The loaded ML.NET is not the one that the trainer was built against.</summary>
[TestClass]
public class MLNetCompatibilityTests
{
    private static TemporaryFolder? _folder;

    private static string Model => _folder!.File("model.zip");

    [ClassInitialize]
    public static void SaveModel(TestContext _)
    {
        _folder = new TemporaryFolder();
        var mlContext = new MLContext(seed: 1);
        IDataView data = Blobs.View(mlContext);
        mlContext.Model.Save(mlContext.SmallSal().Fit(data), data.Schema, Model);
    }

    [ClassCleanup]
    public static void Delete() => _folder?.Dispose();

    [TestMethod]
    [DataRow("MakeR4VecFeature", DisplayName = "a method that is called")]
    [DataRow("IsKey", DisplayName = "a field")]
    [DataRow("CheckLabelCompatible", DisplayName = "a virtual member that is overridden")]
    [DataRow("ModelLoadContext", DisplayName = "a type in the signature of the loader")]
    [DataRow("ISchemaBoundRowMapper", DisplayName = "an interface of an internal class")]
    public void A_missing_member_is_one_clear_error(string name)
    {
        var altered = new AlteredMLNet(name);

        IsClear(altered.Run(nameof(UserProgram.CreateTrainer)), name);
        IsClear(altered.Run(nameof(UserProgram.CreatePipeline)), name);
        IsClear(altered.Run(nameof(UserProgram.LoadModel), Model)?.GetBaseException(), name);
        Assert.IsGreaterThan(0, altered.AlteredCount, $"No assembly of ML.NET has the name {name}.");
    }

    /// <summary>
    /// The runtime loads the trainer's class to compile a method that calls Trainers.Sal(), before any code of the trainer can run.
    /// Loading a model reaches the check first.
    /// </summary>
    [TestMethod]
    [DataRow("IValueMapper", DisplayName = "an interface of a public class")]
    [DataRow("TrainModelCore", DisplayName = "an abstract member")]
    [DataRow("TrainContext", DisplayName = "a type in the signature of an abstract member")]
    [DataRow("TrainerEstimatorBase`2", DisplayName = "a base class")]
    public void A_member_that_the_public_classes_need_is_missed_when_the_trainer_is_created(string name)
    {
        var altered = new AlteredMLNet(name);

        Assert.IsInstanceOfType<TypeLoadException>(altered.Run(nameof(UserProgram.CreateTrainer)));
        Assert.IsInstanceOfType<TypeLoadException>(altered.Run(nameof(UserProgram.CreatePipeline)));
        IsClear(altered.Run(nameof(UserProgram.LoadModel), Model)?.GetBaseException(), name);
    }

    [TestMethod]
    public void Another_version_with_every_member_works()
    {
        var altered = new AlteredMLNet("NoSuchName");

        Assert.IsNull(altered.Run(nameof(UserProgram.CreateTrainer)));
        Assert.IsNull(altered.Run(nameof(UserProgram.CreatePipeline)));
        Assert.IsNull(altered.Run(nameof(UserProgram.LoadModel), Model));
    }

    private static void IsClear(Exception? error, string name)
    {
        Assert.IsInstanceOfType<InvalidOperationException>(error);
        Assert.Contains($"built against Microsoft.ML {AlteredMLNet.BuiltAgainst}, ", error.Message);
        Assert.Contains($"Microsoft.ML {AlteredMLNet.Version} is loaded", error.Message);
        Assert.Contains(name[..^1], error.Message);
        Assert.Contains($"Reference Microsoft.ML {AlteredMLNet.BuiltAgainst}", error.Message);
    }
}
