using System.CommandLine;
using Sal.Benchmarks.Accuracy;
using Sal.Benchmarks.Contenders;
using Sal.Benchmarks.Data;

namespace Sal.Benchmarks.Ablation;

/// <summary>The command <c>ablation</c>: the defaults with one change at a time.</summary>
internal static class AblationCommand
{
    private static string PartNames => string.Join(", ", AblationPart.All.Select(part => part.Name));

    public static Command Create()
    {
        var command = new Command("ablation", "Measure what each part of the rule contributes: the defaults with one option changed.");
        var sets = new SetOptions(command, "letter", "pendigits", "fashion", "cifar10");
        var parts = new Option<string[]>("--part", "--parts")
        {
            Description = $"Parts, separated by commas: {PartNames}. All by default.",
            AllowMultipleArgumentsPerToken = true,
        };
        command.Options.Add(parts);
        var series = new SeriesOptions(command, count: 3);
        command.SetAction((arguments, cancellationToken) =>
        {
            string[] names = Names.Split(arguments.GetValue(parts));
            if (names.FirstOrDefault(name => AblationPart.All.All(part => part.Name != name)) is { } unknown)
            {
                Console.Error.WriteLine($"There is no part '{unknown}'. The parts are {PartNames}.");
                return Task.FromResult(1);
            }

            var runs = new EngineRuns(); // parts share the run of the defaults
            (string Name, IReadOnlyList<IContender> Contenders)[] picked =
            [
                .. AblationPart.All
                    .Where(part => names.Length == 0 || names.Contains(part.Name))
                    .Select(part => (part.Name, part.Contenders(runs))),
            ];
            return Commands.Run(() =>
            {
                SeriesRun run = series.Start(arguments, "ablation", cancellationToken);
                foreach (BenchmarkSet set in sets.Read(arguments))
                {
                    foreach ((string part, IReadOnlyList<IContender> contenders) in picked)
                    {
                        run.Run(set, contenders, part);
                    }
                }

                run.WriteTable();
            });
        });
        return command;
    }
}
