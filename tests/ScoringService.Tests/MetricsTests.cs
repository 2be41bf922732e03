using System.Text.RegularExpressions;

namespace ScoringService.Tests;

[TestClass]
public partial class MetricsTests
{
    [TestMethod]
    public async Task Requests_rows_and_models_are_counted()
    {
        await using RunningService service = await RunningService.StartDigitsAsync();
        string row = $"[{string.Join(',', Digit.All[0].Pixels)}]";
        (await service.PostAsync($"{{\"features\":{row}}}")).Dispose();
        (await service.PostAsync($"{{\"rows\":[{row},{row}]}}")).Dispose();
        (await service.PostAsync("{}")).Dispose();

        await RunningService.UntilAsync(
            async () => await service.MetricAsync("http_request_duration_seconds_count", "/predict") == 3, "three requests are counted");
        Assert.AreEqual(2, await service.MetricAsync("http_request_duration_seconds_count", "/predict", "\"200\""));
        Assert.AreEqual(1, await service.MetricAsync("http_request_duration_seconds_count", "/predict", "\"400\""));
        Assert.AreEqual(3, await service.MetricAsync("http_request_duration_seconds_bucket", "/predict", "+Inf"));
        Assert.AreEqual(3, await service.MetricAsync("scoring_rows_total", "model=\"digits\""));
        Assert.AreEqual(1, await service.MetricAsync("scoring_model_info", $"version=\"{await service.VersionAsync()}\""));
    }

    [TestMethod]
    public async Task The_text_is_Prometheus()
    {
        await using RunningService service = await RunningService.StartDigitsAsync("--Models:0:Name=a \"b\" \\c, d|e\nf");
        (await service.PostAsync("{}")).Dispose();
        using HttpResponseMessage response = await service.Client.GetAsync("/metrics");
        Assert.AreEqual("text/plain", response.Content.Headers.ContentType!.MediaType);
        string text = await response.Content.ReadAsStringAsync();
        Assert.Contains("model=\"a \\\"b\\\" \\\\c, d|e\\nf\"", text);
        Assert.EndsWith("\n", text);
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            Assert.IsTrue(Line.IsMatch(line), line);
        }

        string[] types = [.. text.Split('\n').Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal))];
        Assert.HasCount(types.Distinct().Count(), types);
    }

    [GeneratedRegex(
        """
        ^(\#[ ]HELP[ ]\w+[ ].*
        |\#[ ]TYPE[ ]\w+[ ](counter|gauge|histogram)
        |\w+(\{(\w+="([^"\\]|\\["\\n])*"(,|(?=\})))*\})?[ ](-?[0-9.]+(E[-+][0-9]+)?|NaN|\+Inf))$
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Line { get; }
}
