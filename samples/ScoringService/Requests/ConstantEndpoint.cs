namespace ScoringService.Requests;

/// <summary>
/// Handles <c>POST /constant</c>: gives every request the same answer, as long as a prediction for Digits, without reading the request.
/// Its rate is the upper limit that the framework sets.
/// </summary>
internal static class ConstantEndpoint
{
    private static readonly byte[] _answer = [.. """{"constant":"""u8, .. Enumerable.Repeat((byte)'1', 240), .. "}"u8];

    public static async Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = _answer.Length;
        await context.Response.BodyWriter.WriteAsync(_answer);
    }
}
