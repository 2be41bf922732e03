using System.ComponentModel;
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
        Match other = Regex.Match(page, "data-other=\"(?<other>[0-9])\"");
        Assert.Contains($">Why {digit} and not {other.Groups["other"].Value}<", page);
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
        using var profile = new TemporaryFolder();

        // No sandbox: it needs rights that containers do not give, and the page is our own. Nothing is fetched besides the page.
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", $"--user-data-dir={profile.Path}",
            "--virtual-time-budget=10000", "--dump-dom", address,
        ];
        string named = Environment.GetEnvironmentVariable("CHROME_PATH") ?? "chromium";
        foreach (string program in new[] { named, "chromium-browser", "google-chrome", "google-chrome-stable" })
        {
            try
            {
                (int code, string page, string errors) = ProgramRun.Run(program, arguments, TimeSpan.FromMinutes(1));
                Assert.AreEqual(0, code, errors);
                return page;
            }
            catch (Win32Exception)
            {
                // Not installed: the next.
            }
        }

        Assert.Inconclusive("There is no Chromium or Chrome to look at the page with; CHROME_PATH may name one.");
        return "";
    }
}
