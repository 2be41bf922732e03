using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Sal.Core.Model;
using Sal.Core.Tests.Data;
using Sal.Core.Training;

namespace Sal.Core.Tests.Publishing;

/// <summary>Publishes samples/EdgeScorer as docs/edge.md describes it: trimmed and self-contained, and as native code.</summary>
[TestClass]
public partial class EdgeScorerTests
{
    private const long MaximumBytes = 20_000_000, MaximumNativeBytes = 5_000_000;
    private static readonly TimeSpan PublishLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ScoringLimit = TimeSpan.FromSeconds(30);
    private static readonly ShippedSet Digits = ShippedSet.Digits();

    private static TemporaryFolder? _folder;

    private static string? _program;

    [ClassInitialize]
    public static void Publish(TestContext _)
    {
        _folder = new TemporaryFolder();
        _program = Publish("out");
    }

    [ClassCleanup]
    public static void Delete() => _folder?.Dispose();

    [TestMethod]
    public void The_published_folder_is_small() => AssertFolderIsSmallerThan(MaximumBytes, _program!);

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void The_published_program_scores_like_the_engine(bool isZip) => AssertScoresAsTheEngineDoes(_program!, isZip);

    [TestMethod]
    public void The_natively_compiled_program_is_even_smaller_and_scores_like_the_engine()
    {
        string native = Publish("native", "-p:PublishAot=true");
        AssertFolderIsSmallerThan(MaximumNativeBytes, native);
        AssertScoresAsTheEngineDoes(native, isZip: true);
    }

    [TestMethod]
    public void Invalid_rows_are_reported_by_line_and_the_others_are_scored()
    {
        string file =
            SaveModel(new SalTrainer(new SalTrainingOptions { NumberOfEpochs = 1, HiddenUnits = 16 }).Train(Digits.Training(0)).Model);
        string good = Line(Digits.Features(0));
        (int code, string output, string errors) =
            ProgramRun.Run(_program!, [file], ScoringLimit, $"{good}1,2\n\n{good[..^2]}x\n{good}{good[1..]}");

        Assert.AreEqual(2, code);
        string[] lines = output.ReplaceLineEndings("\n").Split('\n');
        Assert.AreEqual("", string.Concat(lines[1..4]));
        Assert.AreEqual(lines[0], lines[4]);
        Assert.AreEqual(1, lines[0].Length);
        Assert.AreEqual(1, lines[5].Length, "An empty field is a missing value.");
        StringAssert.Contains(errors, "Line 2: it has 2 fields");
        StringAssert.Contains(errors, "Line 3: it has 1 field");
        StringAssert.Contains(errors, "Line 4: field 64 is");
    }

    [TestMethod]
    public void A_missing_model_and_a_file_of_another_kind_are_refused()
    {
        (int code, string output, string errors) =
            ProgramRun.Run(_program!, [_folder!.File("none.zip")], ScoringLimit, "");
        Assert.AreEqual((1, ""), (code, output));
        StringAssert.Contains(errors, "none.zip");

        (code, output, errors) = ProgramRun.Run(_program!, [typeof(EdgeScorerTests).Assembly.Location], ScoringLimit, "");
        Assert.AreEqual((1, ""), (code, output));
        StringAssert.Contains(errors, "not a SAL model");
    }

    /// <summary>Publishes to a folder with this name.</summary>
    /// <returns>The path of the program.</returns>
    private static string Publish(string name, params string[] properties)
    {
        // Warnings of the trimmer and of the native compiler are errors here; those of the analyzers are errors in the build of Sal.Core.
        // The output folders are separate because the solution may be building at the same time.
        string output = _folder!.File(name);
        (int code, string log, string errors) = ProgramRun.Run(
            ProgramRun.Dotnet,
            [
                "publish", Path.Combine(ProgramRun.Repository, "samples", "EdgeScorer"), "-c", "Release", "-o", output, "-nodeReuse:false",
                "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false",
                $"-p:ArtifactsPath={_folder.File("artifacts")}", .. properties,
            ],
            PublishLimit);
        if (MissingTool.IsMatch(log))
        {
            Assert.Inconclusive($"The package sources or this machine lack a tool or package that the build needs: {log}");
        }

        Assert.AreEqual(0, code, log + errors);
        Assert.IsFalse(Warning.IsMatch(log), log);
        return Path.Combine(output, OperatingSystem.IsWindows() ? "EdgeScorer.exe" : "EdgeScorer");
    }

    private static void AssertFolderIsSmallerThan(long bytes, string program)
    {
        FileInfo[] files = new DirectoryInfo(Path.GetDirectoryName(program)!).GetFiles("*", SearchOption.AllDirectories);
        Assert.IsLessThan(bytes, files.Sum(file => file.Length), string.Join('\n', files.Select(file => $"{file.Length} {file.Name}")));
    }

    private static void AssertScoresAsTheEngineDoes(string program, bool isZip)
    {
        SalModel model = new SalTrainer(new SalTrainingOptions { NumberOfEpochs = 2, HiddenUnits = 16 }).Train(Digits.Training(0)).Model;
        string[] names = [.. Enumerable.Range(0, 10).Select(digit => isZip ? $"{LookalikeNames.All[^(digit + 1)]} {digit}" : $"{digit}")];
        string file = isZip ? SavePipeline(model, names) : SaveModel(model);
        string rows = string.Concat(Enumerable.Range(0, 50).Select(row => Line(Digits.Features(row))));
        (int code, string output, string errors) = ProgramRun.Run(program, [file, "--probabilities"], ScoringLimit, rows);

        Assert.AreEqual((0, ""), (code, errors));
        var probabilities = new float[10];
        string expected = "";
        for (int row = 0; row < 50; row++)
        {
            model.Predict(Digits.Features(row), probabilities);
            expected += $"{Field(names[Array.IndexOf(probabilities, probabilities.Max())])},{Line(probabilities)}";
        }

        Assert.AreEqual(expected, isZip ? output : output.ReplaceLineEndings("\n"));
    }

    // Quoted as RFC 4180 has it.
    private static string Field(string name) =>
        name.IndexOfAny([',', '"', '\r', '\n']) < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Line(ReadOnlySpan<float> values) =>
        string.Join(',', values.ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture))) + '\n';

    private static string SaveModel(SalModel model)
    {
        string path = _folder!.File($"{Guid.NewGuid():N}.sal");
        using FileStream file = File.Create(path);
        model.Save(file);
        return path;
    }

    private static string SavePipeline(SalModel model, string[] classNames)
    {
        string path = _folder!.File($"{Guid.NewGuid():N}.zip");
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        using (Stream entry = archive.CreateEntry("TransformerChain/Transform_001/Model/SalModel").Open())
        {
            model.Save(entry);
        }

        using (Stream entry = archive.CreateEntry("TransformerChain/Transform_001/Model/SalClassNames").Open())
        {
            SalPipelineFile.SaveClassNames(classNames, entry);
        }

        return path;
    }

    // What the SDK reports if a package, the linker or the symbol stripper is missing.
    [GeneratedRegex(@"error NU(1101|1102|1301)\b|error : (Platform linker|Symbol stripping tool)")]
    private static partial Regex MissingTool { get; }

    [GeneratedRegex(@"\bIL[23]\d{3}\b")]
    private static partial Regex Warning { get; }
}
