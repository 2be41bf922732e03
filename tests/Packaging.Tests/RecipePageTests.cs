using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Packaging.Tests;

/// <summary>The programs of docs/recipes.md, as a user builds them with the installed package, and what they print.</summary>
[TestClass]
public class RecipePageTests
{
    private static readonly (string Program, string Heading, string Sdk)[] Recipes =
    [
        ("Names", "## From scores to class names", "Microsoft.NET.Sdk"),
        ("Daily", "## Training again every day", "Microsoft.NET.Sdk"),
        ("Web", "## Scoring in a web application", "Microsoft.NET.Sdk.Web"),
        ("Unbalanced", "## Classes of very different sizes", "Microsoft.NET.Sdk"),
        ("Same", "## The same model in every run", "Microsoft.NET.Sdk"),
    ];

    private static readonly string[] Digits =
        File.ReadAllLines(Path.Combine(ProgramRun.Repository, "samples", "Quickstart", "data", "digits.csv"));

    private static UserPrograms? _programs;
    private static string _page = "";

    [ClassInitialize]
    public static void Build(TestContext _)
    {
        _page = DocumentationPage.Read("docs", "recipes.md");
        _programs = new UserPrograms();
        string data = Path.Combine(ProgramRun.Repository, "samples");
        File.WriteAllLines(_programs.File("digits.csv"), Digits);
        File.Copy(Path.Combine(data, "Pipelines", "data", "strikes.csv"), _programs.File("strikes.csv"));
        const string Items = """<Compile Include="../Digit.cs" /><Using Include="Quickstart.Digits" />""";
        File.Copy(Path.Combine(data, "Quickstart", "Digits", "Digit.cs"), _programs.File("Digit.cs"));
        string readme = DocumentationPage.Code(DocumentationPage.Read("README.md"));
        _programs.Add(
            "Train", $"using Microsoft.ML;\nusing Microsoft.ML.Data;\n\n{readme}", $"{Items}{UserPrograms.MLNet}{UserPrograms.Trainer}");
        foreach ((string program, string heading, string sdk) in Recipes)
        {
            string code = DocumentationPage.Code(_page, heading);
            _programs.Add(program, code, UserPrograms.MLNet + UserPrograms.Trainer, sdk: sdk);
        }

        _programs.Build("build");
        _programs.Run("Train");
    }

    [ClassCleanup]
    public static void Delete() => _programs?.Dispose();

    [TestMethod]
    public void Every_program_of_the_page_is_run() => Assert.AreEqual(Recipes.Length, DocumentationPage.CountCode(_page));

    [TestMethod]
    public void The_likeliest_classes_have_their_names()
    {
        string[] lines = _programs!.Run("Names").TrimEnd().Split('\n');

        Assert.HasCount(3, lines);
        Assert.StartsWith("0: ", lines[0], "The first digit of the file is a 0.");
        string[] probabilities = [.. lines.Select(line => line.Split(": ")[1])];
        Assert.IsGreaterThan(0.9, double.Parse(probabilities[0], CultureInfo.InvariantCulture));
        CollectionAssert.AreEqual(probabilities.OrderDescending().ToArray(), probabilities);
    }

    [TestMethod]
    public void Yesterdays_model_is_trained_further_and_replaced()
    {
        byte[] yesterday = File.ReadAllBytes(_programs!.File("digits.zip"));
        try
        {
            // A class that the model does not know.
            string[] unknown = [.. Digits[^2..].Select(line => line[..line.LastIndexOf(',')] + ",10")];
            File.WriteAllLines(_programs.File("today.csv"), [.. Digits[^600..], .. unknown]);

            string output = _programs.Run("Daily");

            Assert.Contains("Accuracy on today's rows:", output);
            Assert.EndsWith("digits.zip is replaced.\n", output);
            Assert.Contains("Skipped", output);
            CollectionAssert.AreNotEqual(yesterday, File.ReadAllBytes(_programs.File("digits.zip")));
            Assert.IsFalse(File.Exists(_programs.File("digits.zip.new")));
            Assert.StartsWith("0: ", _programs.Run("Names"));
        }
        finally
        {
            File.WriteAllBytes(_programs.File("digits.zip"), yesterday);
        }
    }

    [TestMethod]
    public async Task The_web_application_answers_many_requests_at_once()
    {
        var start = new ProcessStartInfo(
            ProgramRun.Dotnet, [Path.Combine(_programs!.Output("Web"), "Web.dll"), "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = _programs.File(""),
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        try
        {
            const string Listening = "Now listening on: ";
            string? line;
            do
            {
                line = await process.StandardOutput.ReadLineAsync();
                Assert.IsNotNull(line, "The application ended.");
            }
            while (!line.Contains(Listening, StringComparison.Ordinal));
            using var client = new HttpClient { BaseAddress = new Uri(line.Split(Listening)[1]) };

            int[] correct = await Task.WhenAll(Digits.Take(200).Select(async row =>
            {
                float[] values = [.. row.Split(',').Select(value => float.Parse(value, CultureInfo.InvariantCulture))];
                HttpResponseMessage response = await client.PostAsJsonAsync("/predict", new { pixels = values[..64] });
                JsonNode answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
                return (int)answer["predictedLabel"]! == (int)values[64] ? 1 : 0;
            }));

            Assert.IsGreaterThan(190, correct.Sum());
            HttpResponseMessage refused = await client.PostAsJsonAsync("/predict", new { pixels = new[] { 1, 2 } });
            Assert.AreEqual(HttpStatusCode.BadRequest, refused.StatusCode);
        }
        finally
        {
            process.Kill();
        }
    }

    [TestMethod]
    public void Unbalanced_classes_are_found_as_the_page_shows() =>
        Assert.Contains($"```\n{_programs!.Run("Unbalanced")}```", _page);

    [TestMethod]
    public void Two_runs_give_the_same_model() =>
        Assert.EndsWith("\nThe two models are the same, bit for bit.\n", _programs!.Run("Same"));
}
