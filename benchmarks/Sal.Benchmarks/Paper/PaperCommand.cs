using System.CommandLine;
using System.Globalization;
using Sal.Benchmarks.Accuracy;
using Sal.Benchmarks.Contenders;
using Sal.Benchmarks.Data;

namespace Sal.Benchmarks.Paper;

/// <summary>The command <c>paper</c>.</summary>
internal static class PaperCommand
{
    public static Command Create()
    {
        var command = new Command("paper", "Run the paper's protocol, beside the same network trained to its end by backpropagation.");
        var sets = new SetOptions(command, "digits", "semeion", "mnist", "cifar10-grey");
        var part = new Option<string>("--part") { Description = "The part to run.", DefaultValueFactory = _ => "areas" };
        part.AcceptOnlyFromAmong("areas", "depth", "width");
        var depths = new Option<string[]>("--depths")
        {
            Description = "The numbers of layers in the part depth.",
            DefaultValueFactory = _ => ["4,16,64,128"],
        };
        var width = new Option<int>("--width") { Description = "The units per layer in the part depth.", DefaultValueFactory = _ => 64 };
        var widths = new Option<string[]>("--widths")
        {
            Description = "The units per layer in the part width.",
            DefaultValueFactory = _ => ["1024,2048,4096"],
        };
        foreach (Option option in (Option[])[part, depths, width, widths])
        {
            command.Options.Add(option);
        }

        var series = new SeriesOptions(command, count: 5);
        command.SetAction((arguments, cancellationToken) => Commands.Run(() =>
        {
            var runs = new EngineRuns();
            (string kind, IReadOnlyList<IContender> contenders) = arguments.GetValue(part) switch
            {
                "depth" => ("depth", PaperProtocol.Depths(runs, Numbers(arguments.GetValue(depths)), arguments.GetValue(width))),
                "width" => ("width", PaperProtocol.Widths(runs, Numbers(arguments.GetValue(widths)))),
                _ => ("paper", PaperProtocol.Areas(runs)),
            };
            SeriesRun run = series.Start(arguments, kind, cancellationToken);
            foreach (BenchmarkSet set in sets.Read(arguments))
            {
                run.Run(set, contenders);
                if (kind == "paper" && PaperProtocol.Published.TryGetValue(set.Name, out (double Backprop, double Sal16) published))
                {
                    Console.WriteLine($"published: set={set.Name} backprop={published.Backprop:F2} sal_16={published.Sal16:F2}");
                }
            }

            run.WriteTable();
        }));
        return command;
    }

    private static IEnumerable<int> Numbers(string[]? values) => Names.Split(values).Select(value =>
        int.TryParse(value, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new ArgumentException($"--depths and --widths take whole numbers above 0, not '{value}'."));
}
