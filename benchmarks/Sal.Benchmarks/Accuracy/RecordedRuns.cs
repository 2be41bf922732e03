using System.Diagnostics.CodeAnalysis;
using Sal.Benchmarks.Results;

namespace Sal.Benchmarks.Accuracy;

/// <summary>Holds the runs of a command, in a file from which they need not be repeated.</summary>
/// <param name="kind">The kind of the runs, which are those of one command.</param>
/// <param name="json">The file to append runs to, as lines of JSON; null for none.</param>
/// <param name="known">Earlier runs, of this kind and others.</param>
internal sealed class RecordedRuns(string kind, string? json, IEnumerable<Measurement> known)
{
    private readonly Dictionary<(string, string?, string, string, int), Measurement> _known =
        known.Where(measurement => measurement.Kind == kind).ToDictionary(measurement => measurement.Key);

    public string Kind => kind;

    /// <summary>Finds an earlier run.</summary>
    public bool TryGet(string? part, string set, string contender, int seed, [NotNullWhen(true)] out Measurement? measurement) =>
        _known.TryGetValue((kind, part, set, contender, seed), out measurement);

    /// <summary>Records a run.</summary>
    public void Add(Measurement measurement) => Append(file => ResultFile.Append(file, measurement));

    /// <summary>Records the epochs of a run.</summary>
    public void Add(History history) => Append(file => ResultFile.Append(file, history));

    private void Append(Action<string> append)
    {
        if (json is not null)
        {
            append(json);
        }
    }
}
