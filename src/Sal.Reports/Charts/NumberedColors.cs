namespace Sal.Reports.Charts;

/// <summary>The colors, by number, of lines and marks for which <see cref="Pages.PageStyle"/> has no color by name.</summary>
internal static class NumberedColors
{
    private const int Count = 6;

    /// <summary>The rules that a page with such charts needs.</summary>
    public const string Css =
        """
        :root { --s0: #1f6fd0; --s1: #c2570c; --s2: #2c7a3f; --s3: #7a3fb5; --s4: #5c5f66; --s5: #b02a5b; }
        @media (prefers-color-scheme: dark) {
          :root { --s0: #6fb0ff; --s1: #ff9d57; --s2: #6fcf86; --s3: #c19bff; --s4: #a3a7ae; --s5: #ff86b0; }
        }
        .c0 { --c: var(--s0) } .c1 { --c: var(--s1) } .c2 { --c: var(--s2) }
        .c3 { --c: var(--s3) } .c4 { --c: var(--s4) } .c5 { --c: var(--s5) }
        .series { stroke: var(--c) } .dots { color: var(--c) } .point { fill: var(--c) } .deviation { stroke: var(--c); stroke-width: 1.5 }
        .legend { display: flex; flex-wrap: wrap; gap: 2px 14px; margin: 2px 0 0; padding: 0; list-style: none;
          font-size: .8rem; color: var(--soft) }
        .legend li::before { content: ""; display: inline-block; width: 14px; height: 3px; margin-right: 5px;
          vertical-align: middle; background: var(--c) }
        """;

    /// <summary>Returns the style of a number. After the last color the first one follows.</summary>
    public static string Style(int number) => $"c{number % Count}";
}
