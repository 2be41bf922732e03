using System.Text.RegularExpressions;

namespace Microsoft.ML.Sal.Tests.Fixtures;

/// <summary>The C# code on a page of the documentation.</summary>
internal static partial class PageCode
{
    /// <summary>Asserts that the code on a page is in the tests that run it.</summary>
    /// <param name="page">The name of the page.</param>
    /// <param name="testClass">The class of these tests.</param>
    /// <param name="blocks">The least number of blocks of code that the page has.</param>
    public static void IsRun(string page, string testClass, int blocks)
    {
        string documentation = Path.Combine(AppContext.BaseDirectory, "Documentation");
        string[] files = Directory.GetFiles(Path.Combine(documentation, "tests"), $"{testClass}.cs", SearchOption.AllDirectories);
        string source = Trim(File.ReadAllText(files.Single()));
        MatchCollection code = CodeBlock.Matches(File.ReadAllText(Path.Combine(documentation, "docs", page)));
        Assert.IsGreaterThanOrEqualTo(blocks, code.Count);
        foreach (Match block in code)
        {
            Assert.Contains(Trim(block.Groups["code"].Value), source);
        }

        static string Trim(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));
    }

    [GeneratedRegex(@"```csharp\r?\n(?<code>.*?)\r?\n```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock { get; }
}
