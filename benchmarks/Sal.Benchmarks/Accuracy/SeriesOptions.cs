using System.CommandLine;
using Sal.Benchmarks.Results;

namespace Sal.Benchmarks.Accuracy;

/// <summary>The options of commands that run contenders over seeds.</summary>
internal sealed class SeriesOptions
{
    private readonly Option<int> _seeds;
    private readonly Option<string?> _json = new("--json") { Description = "A file to append each run to, as a line of JSON." };
    private readonly Option<bool> _resume = new("--resume") { Description = "Runs that the file of --json has are taken from it, not repeated." };

    public SeriesOptions(Command command, int seeds)
    {
        _seeds = new("--seeds") { Description = "Seeds, from 0.", DefaultValueFactory = _ => seeds };
        _seeds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--seeds must be at least 1.");
            }
        });
        command.Options.Add(_seeds);
        command.Options.Add(_json);
        command.Options.Add(_resume);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_resume) && result.GetValue(_json) is null)
            {
                result.AddError("--resume needs the file of --json.");
            }
        });
    }

    /// <summary>A series of runs as the arguments say.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="kind">The kind of its lines.</param>
    /// <param name="cancellationToken">Ends it before the next run.</param>
    public SeriesRun Start(ParseResult arguments, string kind, CancellationToken cancellationToken)
    {
        string? json = arguments.GetValue(_json);
        IEnumerable<Measurement> known = arguments.GetValue(_resume) && File.Exists(json) ? ResultFile.Read(json) : [];
        return new SeriesRun(kind, arguments.GetValue(_seeds), json, known, cancellationToken);
    }
}
