using System.Diagnostics;

namespace Sal.Tests;

/// <summary>Runs programs, <c>dotnet</c> among them, and finds the repository that they are to build.</summary>
internal static class ProgramRun
{
    public static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Gets the root of the repository. A test that runs outside of it is inconclusive.</summary>
    public static string Repository
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Microsoft.ML.Sal.sln")))
                {
                    return folder.FullName;
                }
            }

            Assert.Inconclusive("The tests run outside the repository, so there is nothing to build.");
            return "";
        }
    }

    /// <summary>Runs a program to its end; fails the test if that takes longer than the limit.</summary>
    public static (int Code, string Output, string Errors) Run(
        string program, string[] arguments, TimeSpan limit, string input = "", string folder = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        // dotnet test leaves settings of its own build behind, which are none of this one's; unreachable package sources are given up
        // soon.
        string[] names = [.. start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))];
        foreach (string name in names)
        {
            start.Environment.Remove(name);
        }

        start.Environment["NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT"] = "2";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading.
        }

        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} took longer than {limit}.");
        }

        return (process.ExitCode, output.Result, errors.Result);
    }
}
