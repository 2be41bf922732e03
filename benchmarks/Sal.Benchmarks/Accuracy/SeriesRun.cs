using System.Diagnostics;
using Sal.Benchmarks.Contenders;
using Sal.Benchmarks.Data;
using Sal.Benchmarks.Results;
using Spectre.Console;

namespace Sal.Benchmarks.Accuracy;

/// <summary>Runs contenders on data sets, with one seed after another.</summary>
/// <param name="runs">Earlier runs, which are not repeated, and where to record others.</param>
/// <param name="seeds">The number of seeds, from 0.</param>
/// <param name="cancellationToken">Cancels the series.</param>
internal sealed class SeriesRun(RecordedRuns runs, int seeds, CancellationToken cancellationToken)
{
    private const int WidthForAllSets = 220;

    private readonly List<Summary> _summaries = [];

    /// <summary>Gets the results so far.</summary>
    public IReadOnlyList<Summary> Summaries => _summaries;

    /// <summary>Runs every contender with every seed on the same splits, and writes one result line per contender.</summary>
    public void Run(BenchmarkSet set, IReadOnlyList<IContender> contenders, string? part = null)
    {
        string ofPart = part is null ? "" : $" part={part}";
        Console.WriteLine(
            $"set={ResultField.Value(set.Name)}{ofPart} rows={set.Rows.Count} features={set.Rows.FeatureCount} classes={set.Rows.ClassCount}");
        var measurements = new List<Measurement>();
        var outcomes = new Dictionary<string, Outcome>(); // of contenders that would give the same again
        var failed = new HashSet<IContender>();
        for (int seed = 0; seed < seeds; seed++)
        {
            var trial = new Trial(set, set.Split(seed), seed);
            foreach (IContender contender in contenders.Except(failed))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (runs.TryGet(part, set.Name, contender.Name, seed, out Measurement? earlier))
                {
                    measurements.Add(earlier);
                    continue;
                }

                long start = Stopwatch.GetTimestamp();
                if (!outcomes.TryGetValue(contender.Name, out Outcome? outcome))
                {
                    try
                    {
                        outcome = contender.Run(trial, cancellationToken);
                    }
                    catch (PeerException exception)
                    {
                        Console.WriteLine(
                            $"failed: set={ResultField.Value(set.Name)} contender={contender.Name} seed={seed}: "
                            + exception.Message.ReplaceLineEndings(" "));
                        failed.Add(contender);
                        continue;
                    }

                    if (!outcome.DependsOnSeed && set.TrainingRows is not null)
                    {
                        outcomes[contender.Name] = outcome;
                    }
                }

                Measurement measurement = Measure(contender, trial, outcome) with { Part = part };
                measurements.Add(measurement);
                runs.Add(measurement);
                if (runs.Kind == "accuracy" && seed == 0 && outcome.Epochs is { Count: > 0 } epochs)
                {
                    runs.Add(History.Of(set.Name, contender.Name, seed, epochs));
                }

                Console.WriteLine(
                    $"  seed={seed} contender={contender.Name} micro_accuracy={measurement.MicroAccuracy:F4} "
                    + $"log_loss={measurement.LogLoss:F3} areas={measurement.Areas} learning_rate={measurement.LearningRate} "
                    + $"seconds={Stopwatch.GetElapsedTime(start).TotalSeconds:F1}");
            }
        }

        foreach (Summary summary in Summary.Of(measurements))
        {
            _summaries.Add(summary);
            Console.WriteLine(summary.ResultLine());
        }
    }

    /// <summary>Writes the accuracies in percent, one row per contender and one column per set.</summary>
    public void WriteTable()
    {
        string[] sets = [.. _summaries.Select(s => s.Set).Distinct()];
        var table = new Table().AddColumn("accuracy, %").AddColumns(sets).AddColumn("mean");
        foreach (IGrouping<string, Summary> ofContender in
            _summaries.GroupBy(s => s.Part is null ? s.Contender : $"{s.Part}: {s.Contender}"))
        {
            Summary?[] cells = [.. sets.Select(set => ofContender.FirstOrDefault(s => s.Set == set))];
            string mean = cells.Contains(null) ? "" : $"{100 * cells.Average(cell => cell!.MicroAccuracy):F2}";
            IEnumerable<string> accuracies = cells.Select(cell =>
                cell is null ? "" : $"{100 * cell.MicroAccuracy:F2} ± {100 * cell.Deviation:F2}");
            table.AddRow([Markup.Escape(ofContender.Key), .. accuracies, mean]);
        }

        // Cells do not wrap if the output is no terminal.
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, WidthForAllSets);
        AnsiConsole.Write(table);
    }

    private Measurement Measure(IContender contender, Trial trial, Outcome outcome)
    {
        int[] labels = [.. trial.Split.Test.Select(trial.Set.Rows.Label)];
        Metrics metrics = Metrics.Of(outcome.Probabilities, labels, trial.Set.Rows.ClassCount);
        return new Measurement
        {
            Kind = runs.Kind,
            Set = trial.Set.Name,
            Contender = contender.Name,
            Series = contender.Series,
            Seed = trial.Seed,
            MicroAccuracy = metrics.MicroAccuracy,
            MacroAccuracy = metrics.MacroAccuracy,
            LogLoss = metrics.LogLoss,
            TrainSeconds = outcome.TrainSeconds,
            ScoreMicroseconds = outcome.ScoreMicroseconds,
            ActiveParameters = outcome.ActiveParameters,
            TotalParameters = outcome.TotalParameters,
            Areas = outcome.Areas,
            Layers = outcome.Layers,
            LearningRate = outcome.LearningRate,
        };
    }
}
