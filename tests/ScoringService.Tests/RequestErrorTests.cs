using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ScoringService.Tests;

/// <summary>What a client does wrong is told, and nothing else is.</summary>
[TestClass]
public class RequestErrorTests
{
    private static readonly string _row = $"[{string.Join(',', Digit.All[0].Pixels)}]";

    [TestMethod]
    [DataRow("", "not understood")]
    [DataRow("null", "must be an object")]
    [DataRow("[]", "must be an object")]
    [DataRow("{}", "neither 'features' nor 'rows'")]
    [DataRow("{\"features\":[1,2,3]}", "Row 0 has fewer than 64 values")]
    [DataRow("{\"features\":ROW,\"features\":ROW}", "more than once")]
    [DataRow("{\"features\":ROW,\"rows\":[ROW]}", "more than once")]
    [DataRow("{\"features\":ROW,\"Features\":1}", "unknown property")]
    [DataRow("{\"features\":ROW} x", "line 1")]
    [DataRow("{\"features\":ROW", "not understood|ends too early")]
    [DataRow("{\"features\":7}", "must be an array of numbers or an object with 'Features'")]
    [DataRow("{\"features\":{\"Features\":7}}", "'Features' must be an array of 64 values")]
    [DataRow("{\"features\":{\"Pixels\":ROW}}", "not a column of the model. It takes 'Features'")]
    [DataRow("{\"features\":{\"\":ROW}}", "not a column of the model")]
    [DataRow("{\"features\":{\"Features\":ROW,\"Features\":ROW}}", "'Features' is given twice")]
    [DataRow("{\"features\":{}}", "has no 'Features'")]
    [DataRow("{\"features\":[\"1\"]}", "value 0 must be a number")]
    [DataRow("{\"features\":[0,1e39]}", "value 1 must be a number within the range")]
    [DataRow("{\"features\":[0,-1e999]}", "value 1 must be a number within the range")]
    [DataRow("{\"features\":[0,NaN]}", "not understood")]
    [DataRow("{\"rows\":[]}", "'rows' is empty")]
    [DataRow("{\"rows\":ROW}", "Row 0 must be an array of numbers")]
    [DataRow("{\"rows\":[ROW,ROW,ROW,ROW]}", "more than 3 rows")]
    [DataRow("{\"rows\":[ROW,[1]]}", "Row 1 has fewer")]
    [DataRow("{\"model\":\"other\",\"features\":ROW}", "no such model")]
    [DataRow("{\"features\":ROW,\"model\":\"other\"}", "no such model")]
    [DataRow("{\"model\":5,\"features\":ROW}", "'model' must be a text")]
    [DataRow("{\"model\":\"digits\",\"model\":\"digits\",\"features\":ROW}", "'model' is given twice")]
    [DataRow("{\"features\":[[[[[[[[1]]]]]]]]}", "")]
    public async Task A_malformed_request_is_answered_with_400_and_the_reason(string body, string reasons)
    {
        RunningService service = await _service.Value;
        using HttpResponseMessage response = await service.PostAsync(body.Replace("ROW", _row, StringComparison.Ordinal));
        string reason = await ReasonAsync(response, 400);
        Assert.IsTrue(reasons.Split('|').Any(reason.Contains), reason);
    }

    [TestMethod]
    [DataRow("\"Speed\":1.5", "value 0 of 'Speed' must be a number within the range of Int32")]
    [DataRow("\"Speed\":3000000000", "value 0 of 'Speed' must be a number within the range of Int32")]
    [DataRow("\"IsOld\":1", "value 0 of 'IsOld' must be true or false")]
    [DataRow("\"Material\":[\"steel\"]", "value 0 of 'Material' must be a text")]
    [DataRow("\"Temperature\":\"hot\"", "value 0 of 'Temperature' must be a number")]
    [DataRow("\"Pressures\":[1,2,3]", "'Pressures' has more than 2 values")]
    [DataRow("\"Material\":\"\\ud800\"", "not valid UTF-8")]
    public async Task A_value_of_the_wrong_type_is_named(string property, string reason)
    {
        RunningService service = await _service.Value;
        string[] all = ["\"Temperature\":1", "\"Pressures\":[1,2]", "\"Speed\":3", "\"IsOld\":true", "\"Material\":\"steel\""];
        string row = string.Join(',', all.Select(known => known.Split(':')[0] == property.Split(':')[0] ? property : known));
        using HttpResponseMessage response = await service.PostAsync($"{{\"model\":\"machines\",\"features\":{{{row}}}}}");
        Assert.Contains(reason, await ReasonAsync(response, 400));
        using HttpResponseMessage array = await service.PostAsync("{\"model\":\"machines\",\"features\":[1,2,3]}");
        Assert.Contains("takes an object with 'Temperature', 'Pressures'", await ReasonAsync(array, 400));
    }

    [TestMethod]
    public async Task A_text_that_is_no_UTF8_is_malformed()
    {
        RunningService service = await _service.Value;
        byte[] body = Encoding.UTF8.GetBytes("{\"model\":\"machines\",\"features\":{\"?\":1}}");
        body[Array.IndexOf(body, (byte)'?')] = 0xff;
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using HttpResponseMessage response = await service.Client.PostAsync("/predict", content);
        await ReasonAsync(response, 400);
    }

    [TestMethod]
    public async Task Other_addresses_methods_and_types_are_refused()
    {
        RunningService service = await _service.Value;
        using HttpResponseMessage unknown = await service.Client.GetAsync("/../../etc/passwd");
        Assert.Contains("no such address", await ReasonAsync(unknown, 404));
        using HttpResponseMessage method = await service.Client.GetAsync("/predict");
        Assert.Contains("POST /predict", await ReasonAsync(method, 405));
        using HttpResponseMessage type = await service.PostAsync($"{{\"features\":{_row}}}", "text/plain");
        Assert.Contains("application/json", await ReasonAsync(type, 415));
        using HttpResponseMessage constant = await service.Client.PostAsync("/constant", null);
        await ReasonAsync(constant, 404);
    }

    [TestMethod]
    public async Task A_body_that_is_too_long_is_answered_with_413()
    {
        RunningService service = await _service.Value;
        string body = $"{{\"features\":{_row}}}{new string(' ', 20_000)}";
        using HttpResponseMessage response = await service.PostAsync(body);
        Assert.Contains("longer than this service allows", await ReasonAsync(response, 413));

        using var chunks = new HttpRequestMessage(HttpMethod.Post, "/predict");
        chunks.Content = new StringContent(body, Encoding.UTF8, "application/json");
        chunks.Headers.TransferEncodingChunked = true; // without a length that tells beforehand
        using HttpResponseMessage chunked = await service.Client.SendAsync(chunks);
        await ReasonAsync(chunked, 413);
    }

    [TestMethod]
    public async Task A_body_that_does_not_arrive_in_time_is_answered_with_408()
    {
        await using RunningService service = await RunningService.StartDigitsAsync("--RequestTimeoutSeconds=0.3");
        using TcpClient client = await SendAsync(service, "{\"features\":", length: 1_000);
        string answer = await new StreamReader(client.GetStream()).ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 408 ", answer);
        Assert.Contains("too long", answer);
    }

    [TestMethod]
    public async Task More_predictions_than_allowed_are_answered_with_429_and_later_ones_are_not()
    {
        await using RunningService service = await RunningService.StartDigitsAsync("--MaxConcurrentRequests=1");
        string body = $"{{\"features\":{_row}}}";
        using (TcpClient slow = await SendAsync(service, body[..10], body.Length))
        {
            await RunningService.UntilAsync(
                async () => await service.MetricAsync("scoring_predictions_active") > 0, "the slow request is in progress");
            using (HttpResponseMessage rejected = await service.PostAsync(body))
            {
                Assert.Contains("as many predictions", await ReasonAsync(rejected, 429));
                Assert.AreEqual(TimeSpan.FromSeconds(1), rejected.Headers.RetryAfter!.Delta);
            }

            Assert.AreEqual(1, await service.MetricAsync("scoring_rejections_total"));

            using HttpResponseMessage health = await service.Client.GetAsync("/healthz");
            Assert.AreEqual(HttpStatusCode.OK, health.StatusCode, "Only predictions are limited.");
            await slow.GetStream().WriteAsync(Encoding.UTF8.GetBytes(body[10..]));
            byte[] answer = new byte[12];
            await slow.GetStream().ReadExactlyAsync(answer);
            Assert.AreEqual("HTTP/1.1 200", Encoding.UTF8.GetString(answer));
        }

        await service.PredictAsync(JsonNode.Parse(body)!.AsObject());
    }

    /// <summary>SAL_FUZZ sets the number of requests; 10,000 is the full run.</summary>
    [TestMethod]
    [DoNotParallelize] // it looks at the memory of the process
    public async Task Malformed_requests_without_end_are_all_refused_and_leave_nothing_behind()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("SAL_FUZZ"), out int full) ? full : 1_500;
        await using RunningService service = await RunningService.StartDigitsAsync();
        var random = new Random(1);
        await RefuseAsync(count / 10);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await RefuseAsync(count);
        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.IsLessThan(4_000_000, grown, "bytes that the requests left behind");
        await service.PredictAsync(new() { ["features"] = PredictionTests.Values(Digit.All[0].Pixels) });

        async Task RefuseAsync(int requests)
        {
            for (int i = 0; i < requests; i++)
            {
                byte[] body = MalformedBody.Make(random, _row);
                using var content = new ByteArrayContent(body);
                content.Headers.ContentType = new("application/json");
                using HttpResponseMessage response = await service.Client.PostAsync("/predict", content);
                Assert.IsInRange(400, 499, (int)response.StatusCode, Encoding.UTF8.GetString(body));
                await ReasonAsync(response, (int)response.StatusCode);
            }
        }
    }

    [ClassCleanup]
    public static async Task Stop()
    {
        if (_service.IsValueCreated)
        {
            await (await _service.Value).DisposeAsync();
        }
    }

    private static readonly Lazy<Task<RunningService>> _service = new(() => RunningService.StartAsync(
        new Dictionary<string, byte[]> { ["digits"] = SavedModels.Digits, ["machines"] = SavedModels.Machines },
        "--MaxBatchRows=3",
        "--MaxRequestBytes=16384"));

    /// <summary>The reason, after a look that it tells nothing of the inside.</summary>
    private static async Task<string> ReasonAsync(HttpResponseMessage response, int status)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.AreEqual(status, (int)response.StatusCode, text);
        Assert.AreEqual("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        string[] insides = [Path.GetTempPath(), ".zip", "   at ", "Exception", "System.", "ScoringService.", AppContext.BaseDirectory];
        foreach (string inside in insides)
        {
            Assert.DoesNotContain(inside, text);
        }

        JsonNode problem = JsonNode.Parse(text)!;
        Assert.AreEqual(status, problem["status"]!.GetValue<int>());
        return problem["detail"]!.GetValue<string>();
    }

    /// <summary>Sends the head of a prediction and the start of its body.</summary>
    private static async Task<TcpClient> SendAsync(RunningService service, string start, int length)
    {
        Uri address = service.Client.BaseAddress!;
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(
            $"POST /predict HTTP/1.1\r\nHost: {address.Authority}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{start}"));
        return client;
    }
}
