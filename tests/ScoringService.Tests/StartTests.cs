namespace ScoringService.Tests;

/// <summary>A service that cannot start says why.</summary>
[TestClass]
public class StartTests
{
    [TestMethod]
    public void A_missing_model_ends_the_program_with_1_and_the_reason()
    {
        string[] arguments = ["exec", typeof(ScoringApplication).Assembly.Location, "no-such-model.zip"];
        (int code, _, string error) = ProgramRun.Run(ProgramRun.Dotnet, arguments, TimeSpan.FromMinutes(1));
        Assert.AreEqual(1, code);
        Assert.Contains("There is no model file", error);
        Assert.Contains("no-such-model.zip", error);
        Assert.DoesNotContain("   at ", error);
    }

    [TestMethod]
    [DataRow(new[] { "MODEL", "--MaxBatchRows=0" }, "MaxBatchRows must be between 1 and 1000000")]
    [DataRow(new[] { "MODEL", "--MaxBatchRows=many" }, "'many' at 'MaxBatchRows'")]
    [DataRow(new[] { "MODEL", "MODEL" }, "Two models are named 'digits'")]
    [DataRow(new[] { "--Models:0:Name=x" }, "Models:0 has no Path")]
    [DataRow(new string[0], "There is no model to serve")]
    [DataRow(new[] { "BAD" }, "cannot be loaded as a model")]
    public void A_wrong_setting_is_told(string[] arguments, string reason)
    {
        using var folder = new TemporaryFolder();
        string model = folder.File("digits.zip"), bad = folder.File("bad.zip");
        File.WriteAllBytes(model, SavedModels.Digits);
        File.WriteAllBytes(bad, SavedModels.Digits[..1_000]);
        string[] args = [.. arguments.Select(argument => argument switch { "MODEL" => model, "BAD" => bad, _ => argument })];
        ServiceStartException exception = Assert.Throws<ServiceStartException>(() => ScoringApplication.Create(args));
        Assert.Contains(reason, exception.Message);
    }
}
