using System.CommandLine;
using Sal.Benchmarks.Results;

namespace Sal.Benchmarks.Accuracy;

/// <summary>The options of commands that run contenders with several seeds.</summary>
internal sealed class SeriesOptions
{
    private readonly Option<int> _seeds;
    private readonly Option<string?> _json = new("--json") { Description = "The file to append each run to, as a line of JSON." };
    private readonly Option<bool> _resume = new("--resume") { Description = "Take the runs that are in the file of --json from there." };

    public SeriesOptions(Command command, int seeds)
    {
        _seeds = new("--seeds") { Description = "The number of seeds, from 0.", DefaultValueFactory = _ => seeds };
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

    /// <summary>Creates the series of runs that the arguments describe.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="kind">The kind of its result lines.</param>
    /// <param name="cancellationToken">Cancels the series.</param>
    public SeriesRun Start(ParseResult arguments, string kind, CancellationToken cancellationToken)
    {
        string? json = arguments.GetValue(_json);
        IEnumerable<Measurement> known = arguments.GetValue(_resume) && File.Exists(json) ? ResultFile.Read(json) : [];
        return new SeriesRun(kind, arguments.GetValue(_seeds), json, known, cancellationToken);
    }
}
