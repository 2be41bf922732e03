using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.LightGbm;

namespace Sal.Benchmarks.Tests;

/// <summary>The options of ML.NET's trainers in the tables of docs/migrating.md exist and have the defaults that the page gives.</summary>
[TestClass]
public partial class MigratingPageTests
{
    // What the page calls automatic, off or unbounded.
    private static readonly Dictionary<string, object?> Words = new()
    {
        ["automatic"] = null, ["0: off"] = 0, ["unbounded"] = int.MaxValue, ["true"] = true,
    };

    [TestMethod]
    [DataRow("From LightGbm", 20, typeof(LightGbmMulticlassTrainer.Options), typeof(GradientBooster.Options))]
    [DataRow("From SdcaMaximumEntropy", 6, typeof(SdcaMaximumEntropyMulticlassTrainer.Options))]
    [DataRow("From LbfgsMaximumEntropy", 9, typeof(LbfgsMaximumEntropyMulticlassTrainer.Options))]
    public void Options_exist_with_the_defaults_of_the_page(string heading, int minimum, params Type[] classes)
    {
        string section = Page().Split("\n## ").Single(part => part.StartsWith(heading, StringComparison.Ordinal));
        IEnumerable<string> rows = section.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal));
        int found = 0;
        foreach (Match option in rows.SelectMany(row => OptionName.Matches(row.Split('|')[1])))
        {
            string name = option.Groups["name"].Value;
            Type? options = classes.FirstOrDefault(type => PeerOptions.Find(type, name) is not null);
            Assert.IsNotNull(options, name);
            found++;
            if (option.Groups["default"] is { Success: true, Value: var text } && !text.StartsWith('`'))
            {
                object? value = PeerOptions.Default(options, name);
                object? expected = Words.TryGetValue(text, out object? word) ? word
                    : Convert.ChangeType(double.Parse(text, CultureInfo.InvariantCulture), value!.GetType(), CultureInfo.InvariantCulture);
                Assert.AreEqual(expected, value, name);
            }
        }

        Assert.IsGreaterThanOrEqualTo(minimum, found);
    }

    private static string Page() => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "migrating.md")).ReplaceLineEndings("\n");

    // `Option`, `Option` (default); calls and types are no options.
    [GeneratedRegex(@"`(?<name>[A-Z][A-Za-z0-9]+)`(, `[A-Z][A-Za-z0-9]+`)*?( \((?<default>[^)]*)\))?")]
    private static partial Regex OptionName { get; }
}
