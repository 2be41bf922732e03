using System.Text.RegularExpressions;

namespace Packaging.Tests;

/// <summary>
/// What a user does: a new program outside the repository that installs the package and runs the code of README.md, and another one that
/// scores with the saved model and never names the trainer; each run as it is built, and published as a single file.
/// </summary>
[TestClass]
public partial class InstalledPackageTests
{
    private static UserPrograms? _programs;

    [ClassInitialize]
    public static void Publish(TestContext _)
    {
        _programs = new UserPrograms();
        string quickstart = Path.Combine(ProgramRun.Repository, "samples", "Quickstart");
        File.Copy(Path.Combine(quickstart, "data", "digits.csv"), _programs.File("digits.csv"));
        File.Copy(Path.Combine(quickstart, "Digits", "Digit.cs"), _programs.File("Digit.cs"));
        string readme = DocumentationPage.Code(DocumentationPage.Read("README.md"));
        AddProgram("Train", $"using Microsoft.ML;\nusing Microsoft.ML.Data;\n\n{readme}\n");
        AddProgram("Score", Score);
        _programs.Build("publish");
    }

    [ClassCleanup]
    public static void Delete() => _programs?.Dispose();

    [TestMethod]
    public void The_code_of_the_README_trains_and_saves_and_a_program_that_never_names_the_trainer_scores()
    {
        string built = Run(name => _programs!.Run(name));
        string single = Run(name => _programs!.RunFile(
            Path.Combine(_programs.Output(name), "publish", OperatingSystem.IsWindows() ? $"{name}.exe" : name)));

        Assert.StartsWith("assemblies in files: True", built);
        Assert.StartsWith("assemblies in files: False", single);
        Assert.AreEqual(built.Split('\n')[1], single.Split('\n')[1], "The same scores.");
    }

    // Trains, saves and scores; returns what scoring printed.
    private static string Run(Func<string, string> program)
    {
        File.Delete(_programs!.File("digits.zip"));
        string confusion = program("Train");
        Assert.Contains("Confusion table", confusion);
        Assert.IsTrue(File.Exists(_programs.File("digits.zip")));
        string scores = program("Score");
        Match correct = CorrectRows.Match(scores);
        Assert.IsGreaterThan(1760, int.Parse(correct.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), scores);
        return scores;
    }

    private static void AddProgram(string name, string source) => _programs!.Add(
        name,
        source,
        $"""
        <Compile Include="../Digit.cs" />
        <Using Include="Quickstart.Digits" />
        {UserPrograms.MLNet}
        {UserPrograms.Trainer}
        """,
        """
        <RuntimeIdentifier>$(NETCoreSdkRuntimeIdentifier)</RuntimeIdentifier>
        <SelfContained>false</SelfContained>
        <PublishSingleFile>true</PublishSingleFile>
        """);

    private const string Score = """
        using Microsoft.ML;

        var mlContext = new MLContext();
        ITransformer model = mlContext.Model.Load("digits.zip", out _);
        IDataView digits = mlContext.Data.LoadFromTextFile<Digit>("digits.csv", separatorChar: ',');
        IDataView scored = model.Transform(digits);
        DigitPrediction[] predictions = [.. mlContext.Data.CreateEnumerable<DigitPrediction>(scored, reuseRowObject: false)];
        int[] labels = [.. mlContext.Data.CreateEnumerable<Digit>(digits, reuseRowObject: false).Select(digit => digit.Label)];
        double bits = predictions.Sum(row => row.Score.Sum(probability => (double)BitConverter.SingleToUInt32Bits(probability)));
        #pragma warning disable IL3000
        Console.WriteLine($"assemblies in files: {typeof(MLContext).Assembly.Location.Length > 0}");
        int correct = predictions.Zip(labels).Count(pair => pair.First.PredictedLabel == pair.Second);
        Console.WriteLine($"{correct} of {labels.Length} correct, bits {bits}");
        """;

    [GeneratedRegex("([0-9]+) of 1797 correct")]
    private static partial Regex CorrectRows { get; }
}
