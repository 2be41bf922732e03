using System.CommandLine;
using System.Globalization;
using Sal.Benchmarks.Accuracy;
using Spectre.Console;

namespace Sal.Benchmarks.Speed;

/// <summary>The command <c>speed</c>: ratios to the processor's limit and to peers, measured in one run.</summary>
internal static class SpeedCommand
{
    public static Command Create()
    {
        var pairs = new Option<int>("--pairs") { Description = "The number of measured pairs per ratio.", DefaultValueFactory = _ => 7 };
        var only = new Option<string[]>("--only")
        {
            Description = "Keys of the measurements to make, separated by commas. All by default.",
            AllowMultipleArgumentsPerToken = true,
        };
        var large = new Option<bool>("--large") { Description = "Train a model of 4.3 G parameters instead; this needs 21 GiB of memory." };
        var command = new Command("speed", "Measure speed beside the processor's limit and beside peers.") { pairs, only, large };
        command.SetAction((arguments, _) => Commands.Run(() =>
        {
            if (arguments.GetValue(large))
            {
                LargeModel.Run();
            }
            else
            {
                Run(arguments.GetValue(pairs), Names.Split(arguments.GetValue(only)));
            }
        }));
        return command;
    }

    private static void Run(int pairs, string[] only)
    {
        int slowPairs = Math.Max(3, pairs / 2);
        (string Key, Func<Ratio?> Measure)[] measurements =
        [
            ("gemm_fma_share", () => KernelSpeed.Measure(pairs)),
            ("step_fma_share", () => TrainingSpeed.StepShare(pairs)),
            ("local_vs_bp_2", () => TrainingSpeed.LocalAgainstBackpropagation(2, "at least 1.0", pairs)),
            ("local_vs_bp_64", () => TrainingSpeed.LocalAgainstBackpropagation(64, "at least 1.1", slowPairs)),
            ("area16_cost", () => TrainingSpeed.AreaCost(pairs)),
            ("thread_scaling", () => TrainingSpeed.ThreadScaling(pairs)),
            ("thread_scaling_64", () => TrainingSpeed.DeepThreadScaling("thread_scaling_64", 64, 16, slowPairs)),
            ("thread_scaling_64_wide", () => TrainingSpeed.DeepThreadScaling("thread_scaling_64_wide", 256, 128, slowPairs)),
            ("barrier_share_64", () => TrainingSpeed.BarrierShare(pairs)),
            ("score_row_vs_stream", () => ScoringSpeed.Row(pairs)),
            ("score_batch_fma_share", () => ScoringSpeed.Batch(pairs)),
            .. OnnxSpeed.BatchSizes.Select(size => (OnnxSpeed.Key(size), (Func<Ratio?>)(() => OnnxSpeed.AreaCost(size, pairs)))),
            ("train_vs_pytorch", () => PeerSpeed.Measure("torch", slowPairs)),
            ("train_vs_sklearn", () => PeerSpeed.Measure("sklearn", slowPairs)),
            .. MLNetSpeed.Ratios.Select(ratio => (ratio.Key, (Func<Ratio?>)(() => ratio.Measure(slowPairs)))),
            ("mnist98_vs_pytorch", TimeToAccuracy.Measure),
        ];
        (string Key, Func<string> Find)[] facts =
        [
            ("bit_identical", () => ThreadIdentity.Holds() ? "yes" : "no"),
            ("score_row_bytes", () => ScoringSpeed.RowBytes().ToString(CultureInfo.InvariantCulture)),
            .. MLNetSpeed.Bytes.Select(bytes => (bytes.Key, (Func<string>)(() => bytes.Find().ToString(CultureInfo.InvariantCulture)))),
        ];
        string[] keys = [.. measurements.Select(measurement => measurement.Key), .. facts.Select(fact => fact.Key)];
        if (only.Except(keys).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException($"There is no measurement '{unknown}'. The measurements are {string.Join(", ", keys)}.");
        }

        bool isAskedFor(string key) => only.Length == 0 || only.Contains(key);
        List<Ratio> ratios =
        [
            .. measurements
                .Where(measurement => isAskedFor(measurement.Key))
                .Select(measurement => measurement.Measure())
                .OfType<Ratio>(),
        ];
        Table table = new Table().Border(TableBorder.Markdown).AddColumns("what", "goal", "median", "lowest to highest");
        foreach (Ratio ratio in ratios)
        {
            table.AddRow(ratio.What, ratio.Goal, Show(ratio.Median), $"{Show(ratio.Lowest)} to {Show(ratio.Highest)}");
        }

        AnsiConsole.Profile.Width = 160;
        AnsiConsole.Write(table);
        foreach (Ratio ratio in ratios)
        {
            Console.WriteLine($"result: {ratio.Key}={Show(ratio.Median)}");
        }

        foreach ((string key, Func<string> find) in facts.Where(fact => isAskedFor(fact.Key)))
        {
            Console.WriteLine($"result: {key}={find()}");
        }
    }

    private static string Show(double value) => value.ToString(value < 0.1 ? "F3" : value < 10 ? "F2" : "F1", CultureInfo.InvariantCulture);
}
