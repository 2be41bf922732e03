namespace ScoringService.Requests;

/// <summary>
/// <c>POST /constant</c>: the same answer to every request, as long as a prediction for Digits, without a look at the request: the ceiling
/// of the framework.
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
