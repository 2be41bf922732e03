using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace ScoringService.Tests;

/// <summary>The service on a port of its own, with model files in a folder of its own.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningService(WebApplication app, TemporaryFolder folder)
    {
        _app = app;
        Folder = folder;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
    }

    public TemporaryFolder Folder { get; }

    public HttpClient Client { get; }

    public static async Task<RunningService> StartAsync(IReadOnlyDictionary<string, byte[]> models, params string[] settings)
    {
        var folder = new TemporaryFolder();
        try
        {
            string[] files = [.. models.Keys.Select(name => folder.File($"{name}.zip"))];
            foreach ((string file, byte[] content) in files.Zip(models.Values))
            {
                File.WriteAllBytes(file, content);
            }

            WebApplication app = ScoringApplication.Create(
            [
                .. files, "--Urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None",
                "--ReloadPollSeconds=0.2", "--ReloadSettleSeconds=0.02", .. settings,
            ]);
            await app.StartAsync();
            return new RunningService(app, folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public static Task<RunningService> StartDigitsAsync(params string[] settings) =>
        StartAsync(new Dictionary<string, byte[]> { ["digits"] = SavedModels.Digits }, settings);

    public async Task<HttpResponseMessage> PostAsync(string body, string contentType = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, contentType);
        return await Client.PostAsync("/predict", content);
    }

    /// <summary>The answer to a request that is to succeed.</summary>
    public async Task<JsonObject> PredictAsync(JsonObject request)
    {
        using HttpResponseMessage response = await PostAsync(request.ToJsonString());
        string answer = await response.Content.ReadAsStringAsync();
        Assert.AreEqual(200, (int)response.StatusCode, answer);
        return JsonNode.Parse(answer)!.AsObject();
    }

    /// <summary>Puts another file in a model's place, as it is to be done: by a rename.</summary>
    public void Replace(string name, byte[] content, string extension = ".zip")
    {
        string path = Folder.File(name + extension);
        File.WriteAllBytes($"{path}.new", content);
        File.Move($"{path}.new", path, overwrite: true);
    }

    public async Task<string> VersionAsync() =>
        JsonNode.Parse(await Client.GetStringAsync("/models"))![0]!["version"]!.GetValue<string>();

    /// <summary>The sum of a metric's values over the lines that hold all of some texts.</summary>
    public async Task<double> MetricAsync(string name, params string[] labels)
    {
        string text = await Client.GetStringAsync("/metrics");
        return text.Split('\n')
            .Where(line => line.Split('{', ' ')[0] == name && labels.All(line.Contains))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>Waits until something holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        for (DateTime limit = DateTime.UtcNow.AddSeconds(30); !await holds();)
        {
            Assert.IsLessThan(limit, DateTime.UtcNow, $"In 30 s not: {what}");
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Folder.Dispose();
    }
}
