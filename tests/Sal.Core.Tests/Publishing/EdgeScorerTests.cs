using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Sal.Core.Model;
using Sal.Core.Tests.Data;
using Sal.Core.Training;
using Sal.Tests;

namespace Sal.Core.Tests.Publishing;

/// <summary>samples/EdgeScorer, published trimmed and self-contained as docs/edge.md has it.</summary>
[TestClass]
public partial class EdgeScorerTests
{
    private const long MaximumBytes = 20_000_000;
    private static readonly TimeSpan PublishLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan ScoringLimit = TimeSpan.FromSeconds(30);
    private static readonly BenchmarkSet Digits = BenchmarkSet.Digits();

    private static DirectoryInfo? _folder;

    private static string Program => Path.Combine(_folder!.FullName, "out", OperatingSystem.IsWindows() ? "EdgeScorer.exe" : "EdgeScorer");

    [ClassInitialize]
    public static void Publish(TestContext _)
    {
        _folder = Directory.CreateTempSubdirectory("sal-edge-");
        // Warnings of the trimmer are errors, as are, in the build of Sal.Core itself, those of the analyzers. Output folders of its own: the build of the solution may be under way.
        (int code, string output, string errors) = ProgramRun.Run(
            ProgramRun.Dotnet,
            ["publish", Path.Combine(ProgramRun.Repository, "samples", "EdgeScorer"), "-c", "Release", "-o", Path.Combine(_folder.FullName, "out"), "-nodeReuse:false",
                "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false", $"-p:ArtifactsPath={Path.Combine(_folder.FullName, "artifacts")}"],
            PublishLimit);
        if (MissingPackage.IsMatch(output))
        {
            Assert.Inconclusive($"The package sources lack what a self-contained program is made of: {output}");
        }

        Assert.AreEqual(0, code, output + errors);
        Assert.IsFalse(Warning.IsMatch(output), output);
    }

    [ClassCleanup]
    public static void Delete() => _folder?.Delete(recursive: true);

    [TestMethod]
    public void The_published_folder_is_small()
    {
        FileInfo[] files = new DirectoryInfo(Path.GetDirectoryName(Program)!).GetFiles("*", SearchOption.AllDirectories);
        Assert.IsLessThan(MaximumBytes, files.Sum(file => file.Length), string.Join('\n', files.Select(file => $"{file.Length} {file.Name}")));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void The_published_program_scores_as_the_engine_does(bool isZip)
    {
        SalModel model = new SalTrainer(new SalTrainingOptions { NumberOfEpochs = 2, HiddenUnits = 16 }).Train(Digits.Training(0)).Model;
        string[] names = [.. Enumerable.Range(0, 10).Select(digit => isZip ? $"digit {digit}" : $"{digit}")];
        string file = isZip ? SavePipeline(model, names) : SaveModel(model);
        (int code, string output, string errors) = Score([file, "--probabilities"], string.Concat(Enumerable.Range(0, 50).Select(row => Line(Digits.Features(row)))));

        Assert.AreEqual((0, ""), (code, errors));
        var probabilities = new float[10];
        string expected = "";
        for (int row = 0; row < 50; row++)
        {
            model.Predict(Digits.Features(row), probabilities);
            expected += $"{names[Array.IndexOf(probabilities, probabilities.Max())]},{Line(probabilities)}";
        }

        Assert.AreEqual(expected, output.ReplaceLineEndings("\n"));
    }

    [TestMethod]
    public void Bad_rows_are_named_by_line_and_the_others_are_scored()
    {
        string file = SaveModel(new SalTrainer(new SalTrainingOptions { NumberOfEpochs = 1, HiddenUnits = 16 }).Train(Digits.Training(0)).Model);
        string good = Line(Digits.Features(0));
        (int code, string output, string errors) = Score([file], $"{good}1,2\n\n{good[..^2]}x\n{good}{good[1..]}");

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
        (int code, string output, string errors) = Score([Path.Combine(_folder!.FullName, "none.zip")], "");
        Assert.AreEqual((1, ""), (code, output));
        StringAssert.Contains(errors, "none.zip");

        (code, output, errors) = Score([typeof(EdgeScorerTests).Assembly.Location], "");
        Assert.AreEqual((1, ""), (code, output));
        StringAssert.Contains(errors, "not a SAL model");
    }

    private static string Line(ReadOnlySpan<float> values) => string.Join(',', values.ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture))) + '\n';

    private static string SaveModel(SalModel model)
    {
        string path = Path.Combine(_folder!.FullName, $"{Guid.NewGuid():N}.sal");
        using FileStream file = File.Create(path);
        model.Save(file);
        return path;
    }

    private static string SavePipeline(SalModel model, string[] classNames)
    {
        string path = Path.Combine(_folder!.FullName, $"{Guid.NewGuid():N}.zip");
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

    private static (int Code, string Output, string Errors) Score(string[] arguments, string input) => ProgramRun.Run(Program, arguments, ScoringLimit, input);

    [GeneratedRegex(@"error NU(1101|1102|1301)\b")]
    private static partial Regex MissingPackage { get; }

    [GeneratedRegex(@"\bIL[23]\d{3}\b")]
    private static partial Regex Warning { get; }
}
