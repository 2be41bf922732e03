namespace ScoringService;

/// <summary>
/// Handles <c>GET /</c>: a page to try predictions with. Its content security policy makes the browser refuse anything from elsewhere.
/// </summary>
internal static class TryPage
{
    private static readonly byte[] _html = Read();

    public static Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = _html.Length;
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.Body.WriteAsync(_html).AsTask();
    }

    private static byte[] Read()
    {
        using Stream stream = typeof(TryPage).Assembly.GetManifestResourceStream("index.html")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
