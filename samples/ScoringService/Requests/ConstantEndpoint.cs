namespace ScoringService.Requests;

/// <summary><c>POST /constant</c>: the same answer to all, without a look at the request; as long as a prediction for Digits.</summary>
internal static class ConstantEndpoint
{
    private static readonly byte[] _answer = [.. """{"constant":"""u8, .. Enumerable.Repeat((byte)'1', 240), .. "}"u8];

    public static Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = _answer.Length;
        return context.Response.BodyWriter.WriteAsync(_answer).AsTask();
    }
}
