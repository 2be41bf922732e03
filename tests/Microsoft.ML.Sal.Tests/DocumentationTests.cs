using System.Text.RegularExpressions;

namespace Microsoft.ML.Sal.Tests;

/// <summary>What the documentation refers to exists.</summary>
[TestClass]
public partial class DocumentationTests
{
    private static readonly string _root = Path.Combine(AppContext.BaseDirectory, "Documentation");

    [TestMethod]
    public void Every_feature_cites_tests_that_exist()
    {
        // Several projects have a ValidationTests class: the sources of classes with the same name are joined.
        string[] files = Directory.GetFiles(Path.Combine(_root, "tests"), "*Tests.cs", SearchOption.AllDirectories);
        Dictionary<string, string> classes = files.GroupBy(Path.GetFileNameWithoutExtension, File.ReadAllText)
            .ToDictionary(group => group.Key!, group => string.Concat(group));
        string[][] rows = [.. File.ReadLines(Path.Combine(_root, "docs", "features.md"))
            .Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1])];
        Assert.IsGreaterThan(20, rows.Length);
        foreach (string[] row in rows.Where(row => !row[0].StartsWith("**", StringComparison.Ordinal)))
        {
            Assert.HasCount(7, row, row[0]);
            MatchCollection names = TestName.Matches(row[1]);
            bool isNo = row[1].StartsWith("no", StringComparison.Ordinal);
            Assert.IsTrue(isNo || row[1].StartsWith("yes: ", StringComparison.Ordinal), row[0]);
            Assert.AreEqual(isNo, names.Count == 0, row[0]);
            foreach (Match name in names)
            {
                Assert.IsTrue(classes.TryGetValue(name.Groups["class"].Value, out string? source)
                    && source.Contains("[TestMethod]", StringComparison.Ordinal), name.Value);
                Assert.Contains($" {name.Groups["method"].Value}", source);
            }
        }
    }

    [TestMethod]
    public void Links_between_pages_are_valid()
    {
        string[] pages = [Path.Combine(_root, "README.md"), .. Directory.EnumerateFiles(Path.Combine(_root, "docs"), "*.md")];
        HashSet<string> known = [.. pages.Select(Path.GetFullPath)];
        foreach (string page in pages)
        {
            foreach (Match link in PageLink.Matches(File.ReadAllText(page)))
            {
                string target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, link.Groups["target"].Value));
                Assert.IsTrue(known.Contains(target) || !target.StartsWith(Path.Combine(_root, "docs"), StringComparison.Ordinal),
                    $"{Path.GetFileName(page)} links to {link.Groups["target"].Value}.");
            }
        }

        string start = File.ReadAllText(pages[0]);
        foreach (string page in pages[1..])
        {
            Assert.Contains($"docs/{Path.GetFileName(page)}", start);
        }
    }

    [GeneratedRegex("`(?<class>[A-Za-z]+Tests)(\\.(?<method>[A-Za-z0-9_]+))?`")]
    private static partial Regex TestName { get; }

    [GeneratedRegex(@"\]\((?<target>[^):#]+\.md)(#[^)]*)?\)")]
    private static partial Regex PageLink { get; }
}
