using System.CommandLine;
using Sal.Benchmarks.Data;

namespace Sal.Benchmarks.Accuracy;

/// <summary>The options that pick sets and say where their files are.</summary>
internal sealed class SetOptions
{
    private readonly Option<string[]> _sets = new("--sets")
    {
        Description = $"Sets, separated by commas: {string.Join(", ", BenchmarkSets.All)}; 'small' for the first six, or 'all'.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "The folder with the published files; by default that of the variable SAL_DATA. What is not there is downloaded.",
    };

    private readonly Option<bool> _noDownload = new("--no-download") { Description = "Use only files that are on this machine." };
    private readonly string[] _defaults;

    public SetOptions(Command command, params string[] defaults)
    {
        _defaults = defaults;
        command.Options.Add(_sets);
        command.Options.Add(_data);
        command.Options.Add(_noDownload);
    }

    /// <summary>Reads the sets picked; names and leaves out those that are not available.</summary>
    public IEnumerable<BenchmarkSet> Read(ParseResult arguments)
    {
        DataFiles files = DataFiles.Create(arguments.GetValue(_data), arguments.GetValue(_noDownload));
        string[] given = Names.Split(arguments.GetValue(_sets));
        IEnumerable<string> names = (given.Length == 0 ? _defaults : given)
            .SelectMany(name => name switch { "small" => BenchmarkSets.Small, "all" => BenchmarkSets.All, _ => [name] });
        foreach (string name in names)
        {
            BenchmarkSet? set = null;
            try
            {
                set = BenchmarkSets.Read(name, files);
            }
            catch (FileNotFoundException exception)
            {
                Console.WriteLine($"skipped: set={name}: {exception.Message}");
            }

            if (set is not null)
            {
                yield return set;
            }
        }
    }
}
