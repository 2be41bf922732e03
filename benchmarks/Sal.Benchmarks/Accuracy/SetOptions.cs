using System.CommandLine;
using Sal.Benchmarks.Data;

namespace Sal.Benchmarks.Accuracy;

/// <summary>The options that pick sets and where their files are.</summary>
internal sealed class SetOptions
{
    private readonly Option<string[]> _sets = new("--sets")
    {
        Description = $"Sets, apart by commas: {string.Join(", ", BenchmarkSets.All)}; 'small' for the first six, 'all'.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _data = new("--data") { Description = "A folder with the published files; also the variable SAL_DATA. Otherwise they are fetched." };
    private readonly Option<bool> _noDownload = new("--no-download") { Description = "Use only data that is on the disk." };
    private readonly string[] _defaults;

    public SetOptions(Command command, params string[] defaults)
    {
        _defaults = defaults;
        command.Options.Add(_sets);
        command.Options.Add(_data);
        command.Options.Add(_noDownload);
    }

    /// <summary>Reads the sets picked; one that cannot be had is named and left out.</summary>
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
