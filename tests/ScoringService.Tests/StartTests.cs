using System.Diagnostics;

namespace ScoringService.Tests;

/// <summary>A service that cannot start says why.</summary>
[TestClass]
public class StartTests
{
    [TestMethod]
    public void A_missing_model_ends_the_program_with_1_and_the_reason()
    {
        (int code, string error) = Run("no-such-model.zip");
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
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sal-service-");
        try
        {
            string model = Path.Combine(folder.FullName, "digits.zip"), bad = Path.Combine(folder.FullName, "bad.zip");
            File.WriteAllBytes(model, SavedModels.Digits);
            File.WriteAllBytes(bad, SavedModels.Digits[..1_000]);
            string[] args = [.. arguments.Select(argument => argument switch { "MODEL" => model, "BAD" => bad, _ => argument })];
            ServiceStartException exception = Assert.Throws<ServiceStartException>(() => ScoringApplication.Create(args));
            Assert.Contains(reason, exception.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (int Code, string Error) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (string argument in new[] { "exec", typeof(ScoringApplication).Assembly.Location }.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
