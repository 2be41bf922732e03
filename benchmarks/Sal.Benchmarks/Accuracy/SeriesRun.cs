using System.Diagnostics;
using Sal.Benchmarks.Contenders;
using Sal.Benchmarks.Data;
using Sal.Benchmarks.Results;
using Spectre.Console;

namespace Sal.Benchmarks.Accuracy;

/// <summary>Contenders on a set, over seeds.</summary>
internal sealed class SeriesRun(string kind, int seeds, string? json, CancellationToken cancellationToken)
{
    private const int WidthForAllSets = 220;

    private readonly List<Summary> _summaries = [];

    /// <summary>What was measured so far.</summary>
    public IReadOnlyList<Summary> Summaries => _summaries;

    /// <summary>Runs every contender with every seed on the same splits, and writes a result line for each contender.</summary>
    public void Run(BenchmarkSet set, IReadOnlyList<IContender> contenders)
    {
        Console.WriteLine($"set={set.Name} rows={set.Rows.Count} features={set.Rows.FeatureCount} classes={set.Rows.ClassCount}");
        var measurements = new List<Measurement>();
        for (int seed = 0; seed < seeds; seed++)
        {
            var trial = new Trial(set, set.Split(seed), seed);
            foreach (IContender contender in contenders)
            {
                cancellationToken.ThrowIfCancellationRequested();
                long start = Stopwatch.GetTimestamp();
                Measurement measurement = Measure(contender, trial);
                measurements.Add(measurement);
                if (json is not null)
                {
                    ResultFile.Append(json, measurement);
                }

                Console.WriteLine(
                    $"  seed={seed} contender={contender.Name} micro_accuracy={measurement.MicroAccuracy:F4} log_loss={measurement.LogLoss:F3} "
                    + $"areas={measurement.Areas} learning_rate={measurement.LearningRate} seconds={Stopwatch.GetElapsedTime(start).TotalSeconds:F1}");
            }
        }

        foreach (Summary summary in Summary.Of(measurements))
        {
            _summaries.Add(summary);
            Console.WriteLine(summary.ResultLine());
        }
    }

    /// <summary>Accuracies in per cent, contenders down and sets across.</summary>
    public void WriteTable()
    {
        string[] sets = [.. _summaries.Select(s => s.Set).Distinct()];
        var table = new Table().AddColumn("accuracy, %").AddColumns(sets).AddColumn("mean");
        foreach (IGrouping<string, Summary> ofContender in _summaries.GroupBy(s => s.Contender))
        {
            Summary?[] cells = [.. sets.Select(set => ofContender.FirstOrDefault(s => s.Set == set))];
            string mean = cells.Contains(null) ? "" : $"{100 * cells.Average(cell => cell!.MicroAccuracy):F2}";
            table.AddRow([Markup.Escape(ofContender.Key), .. cells.Select(cell => cell is null ? "" : $"{100 * cell.MicroAccuracy:F2} ± {100 * cell.Deviation:F2}"), mean]);
        }

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, WidthForAllSets); // no wrapped cells where the output is no terminal
        AnsiConsole.Write(table);
    }

    private Measurement Measure(IContender contender, Trial trial)
    {
        Outcome outcome = contender.Run(trial, cancellationToken);
        Metrics metrics = Metrics.Of(outcome.Probabilities, trial.Split.Test.Select(trial.Set.Rows.Label).ToArray(), trial.Set.Rows.ClassCount);
        return new Measurement
        {
            Kind = kind,
            Set = trial.Set.Name,
            Contender = contender.Name,
            Seed = trial.Seed,
            MicroAccuracy = metrics.MicroAccuracy,
            MacroAccuracy = metrics.MacroAccuracy,
            LogLoss = metrics.LogLoss,
            TrainSeconds = outcome.TrainSeconds,
            ScoreMicroseconds = outcome.ScoreMicroseconds,
            ActiveParameters = outcome.ActiveParameters,
            TotalParameters = outcome.TotalParameters,
            Areas = outcome.Areas,
            LearningRate = outcome.LearningRate,
        };
    }
}
