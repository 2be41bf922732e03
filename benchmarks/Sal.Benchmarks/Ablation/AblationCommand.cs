using System.CommandLine;
using Sal.Benchmarks.Accuracy;
using Sal.Benchmarks.Contenders;
using Sal.Benchmarks.Data;

namespace Sal.Benchmarks.Ablation;

/// <summary>The command <c>ablation</c>: the defaults with one thing changed.</summary>
internal static class AblationCommand
{
    private static readonly Dictionary<string, string[]> Parts = new()
    {
        ["router"] = ["Router=BalancedKMeans", "Router=KMeans", "Router=RandomHyperplanes", "NumberOfAreas=1"],
        ["shared-phase"] = ["SharedPhaseFraction=0", "SharedPhaseFraction=0.2", "SharedPhaseFraction=0.4", "SharedPhaseFraction=0.5", "SharedPhaseFraction=0.6"],
        ["routed-layers"] = ["RoutedLayers=All", "RoutedLayers=FirstOnly"],
        ["feedback"] = ["Feedback=Aligned", "Feedback=Fixed", "Rule=DirectFeedback", "Rule=Backpropagation"],
        ["final-error"] = ["FinalErrorShare=0", "FinalErrorShare=0.5", "FinalErrorShare=1"],
        ["area-batch"] = ["AreaBatchSize=16", "AreaBatchSize=32", "AreaBatchSize=64"],
        ["equal-cost"] =
        [
            .. from width in (int[])[32, 64, 128]
               from areas in (int[])[1, 4, 16, 64]
               select $"HiddenUnits={width};NumberOfAreas={areas};NumberOfLayers=2;NumberOfEpochs=20;LearningRate=0.003;SharedPhaseFraction=0.3;DropoutRate=0",
        ],
    };

    public static Command Create()
    {
        var command = new Command("ablation", "The defaults with one option changed: what each part of the rule contributes.");
        var sets = new SetOptions(command, "letter", "pendigits");
        var parts = new Option<string[]>("--parts")
        {
            Description = $"Parts, apart by commas: {string.Join(", ", Parts.Keys)}.",
            AllowMultipleArgumentsPerToken = true,
        };
        var seeds = new Option<int>("--seeds") { Description = "Seeds, from 0.", DefaultValueFactory = _ => 3 };
        var json = new Option<string?>("--json") { Description = "A file to append each run to, as a line of JSON." };
        foreach (Option option in (Option[])[parts, seeds, json])
        {
            command.Options.Add(option);
        }

        command.SetAction((arguments, cancellationToken) =>
        {
            var runs = new EngineRuns();
            string[] given = Names.Split(arguments.GetValue(parts));
            string? unknown = given.FirstOrDefault(part => !Parts.ContainsKey(part));
            if (unknown is not null)
            {
                Console.Error.WriteLine($"There is no part '{unknown}'. The parts are {string.Join(", ", Parts.Keys)}.");
                return Task.FromResult(1);
            }

            IContender[] contenders = [.. (given.Length == 0 ? [.. Parts.Keys] : given)
                .SelectMany(part => Parts[part]).Select(options => new EngineContender(options, runs, OptionText.Parse(options)))];
            var series = new SeriesRun("ablation", arguments.GetValue(seeds), arguments.GetValue(json), cancellationToken);
            foreach (BenchmarkSet set in sets.Read(arguments))
            {
                series.Run(set, contenders);
            }

            series.WriteTable();
            return Task.FromResult(0);
        });
        return command;
    }
}
