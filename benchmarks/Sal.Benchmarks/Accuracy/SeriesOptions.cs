using System.CommandLine;
using Sal.Benchmarks.Results;

namespace Sal.Benchmarks.Accuracy;

/// <summary>The options of commands that run contenders several times.</summary>
internal sealed class SeriesOptions
{
    private readonly Option<int> _count;
    private readonly Option<string?> _json = new("--json") { Description = "The file to append each run to, as a line of JSON." };
    private readonly Option<bool> _resume = new("--resume") { Description = "Take the runs that are in the file of --json from there." };

    /// <param name="command">The command to add the options to.</param>
    /// <param name="count">The number of runs of each contender by default.</param>
    /// <param name="name">The option that sets this number.</param>
    /// <param name="description">Its description.</param>
    public SeriesOptions(Command command, int count, string name = "--seeds", string description = "The number of seeds, from 0.")
    {
        _count = new(name) { Description = description, DefaultValueFactory = _ => count };
        _count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError($"{name} must be at least 1.");
            }
        });
        command.Options.Add(_count);
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

    /// <summary>Gets the number of runs of each contender.</summary>
    public int Count(ParseResult arguments) => arguments.GetValue(_count);

    /// <summary>Gets the earlier runs, and where to record others.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="kind">The kind of the runs.</param>
    public RecordedRuns Runs(ParseResult arguments, string kind)
    {
        string? json = arguments.GetValue(_json);
        return new RecordedRuns(kind, json, arguments.GetValue(_resume) && File.Exists(json) ? ResultFile.Read(json) : []);
    }

    /// <summary>Creates the series of runs that the arguments describe.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="kind">The kind of its result lines.</param>
    /// <param name="cancellationToken">Cancels the series.</param>
    public SeriesRun Start(ParseResult arguments, string kind, CancellationToken cancellationToken) =>
        new(Runs(arguments, kind), Count(arguments), cancellationToken);
}
