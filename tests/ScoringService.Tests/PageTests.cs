using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ScoringService.Tests;

/// <summary>The page to try predictions with, in a real browser. Where there is none, the tests that need it are inconclusive.</summary>
[TestClass]
public class PageTests
{
    [TestMethod]
    public async Task The_page_loads_nothing_from_elsewhere()
    {
        await using RunningService service = await RunningService.StartDigitsAsync();
        using HttpResponseMessage response = await service.Client.GetAsync("/");
        string page = await response.Content.ReadAsStringAsync();
        Assert.AreEqual("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("://", page);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(2)]
    [DataRow(7)]
    public async Task A_drawn_digit_is_read_and_the_area_is_shown(int digit)
    {
        await using RunningService service = await RunningService.StartDigitsAsync();
        string page = Browse($"{service.Client.BaseAddress}#digit={digit}");
        Assert.Contains($"data-predicted=\"{digit}\"", page);
        Match area = Regex.Match(page, "data-area=\"(?<area>[0-9]+)\"");
        Assert.Contains($"by area {int.Parse(area.Groups["area"].Value) + 1} of 4", page);
        Assert.HasCount(10, Regex.Matches(page, "class=\"fill"));
    }

    [TestMethod]
    public async Task Another_model_has_a_field_for_each_column()
    {
        await using RunningService service = await RunningService.StartAsync(
            new Dictionary<string, byte[]> { ["machines"] = SavedModels.Machines });
        string page = Browse($"{service.Client.BaseAddress}");
        string[] columns =
        [
            "Temperature (Single)", "Pressures (2 values of type Single, separated by commas)", "Speed (Int32)",
            "IsOld (Boolean)", "Material (Text)",
        ];
        foreach (string column in columns)
        {
            Assert.Contains(column, page);
        }
    }

    /// <summary>The document after its scripts have run.</summary>
    private static string Browse(string address)
    {
        DirectoryInfo profile = Directory.CreateTempSubdirectory("sal-browser-");
        try
        {
            string named = Environment.GetEnvironmentVariable("CHROME_PATH") ?? "chromium";
            foreach (string program in new[] { named, "chromium-browser", "google-chrome", "google-chrome-stable" })
            {
                try
                {
                    return Browse(program, address, profile);
                }
                catch (Win32Exception)
                {
                    // Not installed: the next.
                }
            }
        }
        finally
        {
            Delete(profile);
        }

        Assert.Inconclusive("There is no Chromium or Chrome to look at the page with; CHROME_PATH may name one.");
        return "";
    }

    private static string Browse(string program, string address, DirectoryInfo profile)
    {
        var start = new ProcessStartInfo(program)
        {
            // No sandbox: it needs rights that containers do not give, and the page is our own. Nothing is fetched besides the page.
            ArgumentList =
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", $"--user-data-dir={profile.FullName}",
                "--virtual-time-budget=10000", "--dump-dom", address,
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> page = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(60)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} took longer than 60 s.");
        }

        Assert.AreEqual(0, process.ExitCode, errors.Result);
        return page.Result;
    }

    // The browser's helpers may be writing for a moment more.
    private static void Delete(DirectoryInfo folder)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                folder.Delete(recursive: true);
                return;
            }
            catch (IOException) when (attempt < 20)
            {
                Thread.Sleep(100);
            }
        }
    }
}
