using System.Text.Json.Serialization;

namespace ScoringService.Requests;

/// <summary>The same answer to all, as long as a prediction for Digits: what the framework does at most.</summary>
internal static class ConstantEndpoint
{
    private static readonly byte[] _bytes = [.. """{"constant":"""u8, .. Enumerable.Repeat((byte)'1', 240), .. "}"u8];

    private static readonly ConstantAnswer _answer = new(
        "digits", "0123456789abcdef", "7", Enumerable.Range(0, 10).ToDictionary(i => $"{i}", i => i == 7 ? 0.9987654f : 1.2345678E-9f * (i + 1)), 3);

    /// <summary><c>POST /constant</c>: without a look at the request.</summary>
    public static Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = _bytes.Length;
        return context.Response.BodyWriter.WriteAsync(_bytes).AsTask();
    }

    /// <summary><c>POST /constant/json</c>: the request is read and the answer written by the framework's own JSON serializer.</summary>
    public static async Task AnswerJsonAsync(HttpContext context)
    {
        ConstantRequest? request = await context.Request.ReadFromJsonAsync(ConstantJson.Default.ConstantRequest);
        if (request?.Features is not { Length: > 0 })
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "There are no features.");
            return;
        }

        await context.Response.WriteAsJsonAsync(_answer, ConstantJson.Default.ConstantAnswer);
    }
}

/// <summary>A request, for the serializer.</summary>
internal sealed record ConstantRequest(float[] Features);

/// <summary>An answer, for the serializer.</summary>
internal sealed record ConstantAnswer(string Model, string Version, string PredictedLabel, IReadOnlyDictionary<string, float> Probabilities, int Area);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ConstantRequest))]
[JsonSerializable(typeof(ConstantAnswer))]
internal sealed partial class ConstantJson : JsonSerializerContext;
