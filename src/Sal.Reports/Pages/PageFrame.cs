namespace Sal.Reports.Pages;

/// <summary>
/// Renders what all pages have in common: a head that allows no scripts and nothing to be loaded, the style, the title and a lead sentence.
/// </summary>
internal static class PageFrame
{
    /// <param name="title">The title of the page.</param>
    /// <param name="lead">The sentence below the title, as markup.</param>
    /// <param name="sections">The sections in order, as markup.</param>
    /// <param name="css">Rules in addition to those of <see cref="PageStyle"/>.</param>
    public static string Render(string title, string lead, IEnumerable<string> sections, string? css = null) =>
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
        <title>{title}</title>
        <style>
        {string.Join('\n', ((string?[])[PageStyle.Css, css]).OfType<string>())}
        </style>
        </head>
        <body>
        <main>
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        {string.Join('\n', sections)}
        </main>
        </body>
        </html>

        """;
}
