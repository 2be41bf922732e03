using System.CommandLine;
using System.Globalization;
using Sal.Benchmarks.Accuracy;
using Sal.Benchmarks.Contenders;
using Sal.Benchmarks.Results;
using Spectre.Console;

namespace Sal.Benchmarks.Tables;

/// <summary>The command <c>tables</c>.</summary>
internal static class TablesCommand
{
    public static Command Create()
    {
        var command = new Command("tables", "Compare SAL with other trainers on ordinary tables: fixed splits, everyone's defaults.");
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "The folder of NAME.csv.gz (last column: the class) and NAME.seed1.txt... (the test rows of a split).",
            Required = true,
        };
        var tables = new Option<string[]>("--tables") { Description = "The tables, separated by commas; all by default." };
        var contenders = new Option<string[]>("--contenders")
        {
            Description = $"Contenders, separated by commas: {string.Join(", ", TableContender.All)}; "
                + "or label=sal:Option=Value;Option=Value; with /tabular at its end, behind TabularFeatures instead of the pipeline written "
                + "by hand. The first one is compared with each of the others. All by default.",
        };
        var markdown = new Option<bool>("--markdown") { Description = "Write the tables of the comparison as Markdown." };
        foreach (Option option in (Option[])[data, tables, contenders, markdown])
        {
            command.Options.Add(option);
        }

        var series = new SeriesOptions(command, 3, "--splits", "The number of splits.");

        command.SetAction((arguments, cancellationToken) => Commands.Run(() =>
        {
            string folder = arguments.GetValue(data)!.FullName;
            string[] names = Names.Split(arguments.GetValue(tables));
            string[] picked = Names.Split(arguments.GetValue(contenders));
            var run = new TableRuns(series.Runs(arguments, "tables"), series.Count(arguments), cancellationToken);
            List<TableContender> runnable = Runnable(picked.Length > 0 ? picked : TableContender.All);
            foreach (string name in names.Length > 0 ? names : BenchmarkTable.NamesIn(folder))
            {
                run.Run(BenchmarkTable.Read(folder, name), runnable);
            }

            new TableComparison(run.Results, [.. runnable.Select(contender => contender.Name)])
                .Write(arguments.GetValue(markdown) ? TableBorder.Markdown : TableBorder.Square);
        }));
        return command;
    }

    private static List<TableContender> Runnable(IEnumerable<string> names)
    {
        List<TableContender> all = [.. names.Select(TableContender.Create)];
        foreach (TableContender contender in all.Where(contender => contender.Obstacle is not null))
        {
            Console.WriteLine($"skipped: contender={contender.Name}: {contender.Obstacle}");
        }

        return [.. all.Where(contender => contender.Obstacle is null)];
    }

    /// <summary>Runs contenders on tables, split by split.</summary>
    private sealed class TableRuns(RecordedRuns runs, int splits, CancellationToken cancellationToken)
    {
        private readonly List<(BenchmarkTable, Summary)> _results = [];

        /// <summary>Gets the results so far, one per table and contender.</summary>
        public IReadOnlyList<(BenchmarkTable Table, Summary Summary)> Results => _results;

        public void Run(BenchmarkTable table, IReadOnlyList<TableContender> contenders)
        {
            Console.WriteLine($"table={table.Name} rows={table.Rows.Count} columns={table.ClassColumn}");
            var measurements = new List<Measurement>();
            for (int split = 1; split <= splits; split++)
            {
                TableFeatures? features = null; // loaded for the first contender that has to run
                try
                {
                    foreach (TableContender contender in contenders)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        if (!runs.TryGet(part: null, table.Name, contender.Name, split, out Measurement? measurement))
                        {
                            features ??= new TableFeatures(table, split);
                            measurement = Measure(table, contender, features, split);
                        }

                        measurements.Add(measurement);
                    }
                }
                finally
                {
                    features?.Dispose();
                }
            }

            foreach (Summary summary in Summary.Of(measurements))
            {
                _results.Add((table, summary));
                Console.WriteLine(summary.ResultLine());
            }
        }

        private Measurement Measure(BenchmarkTable table, TableContender contender, TableFeatures features, int split)
        {
            Outcome outcome = contender.Run(features, split, cancellationToken);
            int[] labels = features.TestLabels;
            Metrics metrics = Metrics.Of(outcome.Probabilities, labels, outcome.Probabilities.Length / labels.Length);
            var measurement = new Measurement
            {
                Kind = runs.Kind,
                Set = table.Name,
                Contender = contender.Name,
                Seed = split,
                MicroAccuracy = metrics.MicroAccuracy,
                MacroAccuracy = metrics.MacroAccuracy,
                LogLoss = metrics.LogLoss,
                CalibrationError = metrics.CalibrationError,
                TrainSeconds = outcome.TrainSeconds,
                ScoreMicroseconds = outcome.ScoreMicroseconds,
            };
            runs.Add(measurement);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  split={split} contender={contender.Name} micro_accuracy={metrics.MicroAccuracy:F4} log_loss={metrics.LogLoss:F3} "
                + $"seconds={outcome.TrainSeconds:F2}"));
            return measurement;
        }
    }
}
