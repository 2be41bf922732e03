using System.Text.RegularExpressions;

namespace Packaging.Tests;

/// <summary>The code on a page of the documentation.</summary>
internal static partial class DocumentationPage
{
    /// <summary>Reads a page, with line ends of one character.</summary>
    /// <param name="path">The path of the page in the repository.</param>
    public static string Read(params string[] path) =>
        File.ReadAllText(Path.Combine([ProgramRun.Repository, .. path])).ReplaceLineEndings("\n");

    /// <summary>Gets the first C# code after a heading, or the first one of the page without a heading.</summary>
    public static string Code(string page, string heading = "") =>
        CodeBlock.Match(page, page.IndexOf(heading, StringComparison.Ordinal)).Groups["code"].Value;

    /// <summary>Gets the number of blocks of C# code.</summary>
    public static int CountCode(string page) => CodeBlock.Count(page);

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock { get; }
}
