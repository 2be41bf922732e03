using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Sal.Benchmarks.Speed;

/// <summary>The command <c>speed</c>: ratios beside the processor's limit and beside peers, measured in one run.</summary>
internal static class SpeedCommand
{
    public static Command Create()
    {
        var pairs = new Option<int>("--pairs") { Description = "Pairs of measurements for each ratio.", DefaultValueFactory = _ => 7 };
        var large = new Option<bool>("--large") { Description = "Train the 4.3 G parameter model instead; needs 21 GiB of memory." };
        var command = new Command("speed", "Speed beside the processor's limit and beside peers.") { pairs, large };
        command.SetAction(arguments =>
        {
            if (arguments.GetValue(large))
            {
                LargeModel.Run();
            }
            else
            {
                Run(arguments.GetValue(pairs));
            }
        });
        return command;
    }

    private static void Run(int pairs)
    {
        int slowPairs = Math.Max(3, pairs / 2);
        List<Ratio> ratios =
        [
            KernelSpeed.Measure(pairs),
            TrainingSpeed.StepShare(pairs),
            TrainingSpeed.LocalAgainstBackpropagation(2, "at least 1.0", pairs),
            TrainingSpeed.LocalAgainstBackpropagation(64, "at least 1.1", slowPairs),
            TrainingSpeed.AreaCost(pairs),
            TrainingSpeed.ThreadScaling(pairs),
            ScoringSpeed.Row(pairs),
            ScoringSpeed.Batch(pairs),
        ];
        ratios.AddRange(new[] { "torch", "sklearn" }.Select(peer => PeerSpeed.Measure(peer, slowPairs)).OfType<Ratio>());

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

        Console.WriteLine($"result: score_row_bytes={ScoringSpeed.RowBytes()}");
    }

    private static string Show(double value) => value.ToString(value < 10 ? "F2" : "F1", CultureInfo.InvariantCulture);
}
