using System.Text.RegularExpressions;

namespace Packaging.Tests;

/// <summary>
/// What a user does: a new program outside the repository that installs the package and runs the code of README.md, and another one that
/// scores with the saved model and never names the trainer; each run as it is built, and published as a single file.
/// </summary>
[TestClass]
public partial class InstalledPackageTests
{
    private static readonly TimeSpan PublishLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(1);
    private static TemporaryFolder? _folder;

    [ClassInitialize]
    public static void Publish(TestContext _)
    {
        _folder = new TemporaryFolder();
        string quickstart = Path.Combine(ProgramRun.Repository, "samples", "Quickstart");
        File.Copy(Path.Combine(quickstart, "data", "digits.csv"), InFolder("digits.csv"));
        File.Copy(Path.Combine(quickstart, "Digits", "Digit.cs"), InFolder("Digit.cs"));
        // The machine's sources stay, as does what it has restored; the packages under test can only come from the folder they were
        // packed into.
        File.WriteAllText(InFolder("nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="cache" /></config>
              <fallbackPackageFolders><add key="machine" value="{PackedPackages.MachineCache}" /></fallbackPackageFolders>
              <packageSources><add key="packed" value="{PackedPackages.Folder}" /></packageSources>
            </configuration>
            """);
        WriteProject("Train", $"using Microsoft.ML;\nusing Microsoft.ML.Data;\n\n{ReadmeCode()}\n");
        WriteProject("Score", Score);
        File.WriteAllText(InFolder("Programs.slnx"), """
            <Solution>
              <Project Path="Train/Train.csproj" />
              <Project Path="Score/Score.csproj" />
            </Solution>
            """);
        string[] arguments = ["publish", "Programs.slnx", "-nodeReuse:false", "-p:UseSharedCompilation=false"];
        (int code, string output, string errors) = ProgramRun.Run(ProgramRun.Dotnet, arguments, PublishLimit, folder: _folder.Path);
        Assert.AreEqual(0, code, output + errors);
    }

    [ClassCleanup]
    public static void Delete() => _folder?.Dispose();

    [TestMethod]
    public void The_code_of_the_README_trains_and_saves_and_a_program_that_never_names_the_trainer_scores()
    {
        string built = Run(name => (ProgramRun.Dotnet, [Path.Combine(Output(name), $"{name}.dll")]));
        string single = Run(name => (Path.Combine(Output(name), "publish", OperatingSystem.IsWindows() ? $"{name}.exe" : name), []));

        Assert.StartsWith("assemblies in files: True", built);
        Assert.StartsWith("assemblies in files: False", single);
        Assert.AreEqual(built.Split('\n')[1], single.Split('\n')[1], "The same scores.");
    }

    // Trains, saves and scores; returns what scoring printed.
    private static string Run(Func<string, (string Program, string[] Arguments)> program)
    {
        File.Delete(InFolder("digits.zip"));
        string confusion = Run(program("Train"));
        Assert.Contains("Confusion table", confusion);
        Assert.IsTrue(File.Exists(InFolder("digits.zip")));
        string scores = Run(program("Score"));
        Match correct = CorrectRows.Match(scores);
        Assert.IsGreaterThan(1760, int.Parse(correct.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), scores);
        return scores;
    }

    private static string Run((string Program, string[] Arguments) command)
    {
        (int code, string output, string errors) = ProgramRun.Run(command.Program, command.Arguments, RunLimit, folder: _folder!.Path);
        Assert.AreEqual((0, ""), (code, errors), output);
        return output.ReplaceLineEndings("\n");
    }

    private static void WriteProject(string name, string source)
    {
        Directory.CreateDirectory(InFolder(name));
        File.WriteAllText(Path.Combine(InFolder(name), "Program.cs"), source);
        File.WriteAllText(Path.Combine(InFolder(name), $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NoWarn>NU1507;NU1900;NU1901;NU1902;NU1903;NU1904</NoWarn>
                <RuntimeIdentifier>$(NETCoreSdkRuntimeIdentifier)</RuntimeIdentifier>
                <SelfContained>false</SelfContained>
                <PublishSingleFile>true</PublishSingleFile>
              </PropertyGroup>
              <ItemGroup>
                <Compile Include="../Digit.cs" />
                <Using Include="Quickstart.Digits" />
                <PackageReference Include="Microsoft.ML" Version="5.0.1" />
                <PackageReference Include="MLNet.Trainers.Sal" Version="{PackedPackages.Version}" />
              </ItemGroup>
            </Project>
            """);
    }

    private static string ReadmeCode()
    {
        string readme = File.ReadAllText(Path.Combine(ProgramRun.Repository, "README.md")).ReplaceLineEndings("\n");
        return CodeBlock.Match(readme).Groups[1].Value;
    }

    private static string Output(string name)
    {
        string[] files = Directory.GetFiles(Path.Combine(InFolder(name), "bin", "Release"), $"{name}.dll", SearchOption.AllDirectories);
        return Path.GetDirectoryName(files.Single())!;
    }

    private static string InFolder(string name) => _folder!.File(name);

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

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock { get; }

    [GeneratedRegex("([0-9]+) of 1797 correct")]
    private static partial Regex CorrectRows { get; }
}
