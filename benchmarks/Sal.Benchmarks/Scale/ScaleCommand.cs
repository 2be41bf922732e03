using System.CommandLine;
using System.Globalization;
using Sal.Benchmarks.Accuracy;
using Sal.Benchmarks.Results;
using Spectre.Console;

namespace Sal.Benchmarks.Scale;

/// <summary>The command <c>scale</c>: how time and memory of training grow with width, depth, areas, rows and features.</summary>
internal static class ScaleCommand
{
    public static Command Create()
    {
        var json = new Option<string?>("--json") { Description = "The file to append each point to, as a line of JSON." };
        var axes = new Option<string[]>("--axes")
        {
            Description = "Axes, separated by commas: width, depth, areas, rows, dense, sparse. All by default.",
            AllowMultipleArgumentsPerToken = true,
        };
        const string Description = "Measure how the cost of training grows with width, depth, areas, rows and features.";
        var command = new Command("scale", Description) { axes, json };
        command.SetAction((arguments, _) => Commands.Run(() => Run(Names.Split(arguments.GetValue(axes)), arguments.GetValue(json))));
        return command;
    }

    private static void Run(string[] axes, string? json)
    {
        AnsiConsole.Profile.Width = 160;
        var all = ScaleMeasurement.All().ToList();
        if (axes.Except(all.Select(axis => axis.Axis)).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException($"There is no axis '{unknown}'. The axes are {string.Join(", ", all.Select(axis => axis.Axis))}.");
        }

        foreach ((string axis, string held, IEnumerable<ScalePoint> points) in all)
        {
            if (axes.Length > 0 && !axes.Contains(axis))
            {
                continue;
            }

            Table table = new Table().Border(TableBorder.Markdown).AddColumns(
                axis, "training rows", "parameters per row", "parameters in all", "µs per row", "ns per parameter", "bytes per parameter",
                "managed MB", "peak MB so far");
            List<ScalePoint> measured = [];
            foreach (ScalePoint point in points)
            {
                measured.Add(point);
                table.AddRow(
                    $"{point.Size:N0}", $"{point.Rows:N0}", $"{point.ActiveParameters:N0}", $"{point.TotalParameters:N0}",
                    Show(point.MicrosecondsPerRow), Show(point.NanosecondsPerParameter), Show(point.BytesPerParameter),
                    Show(point.ManagedMegabytes), Show(point.PeakMegabytes));
                if (json is not null)
                {
                    ResultFile.Append(json, point);
                }
            }

            Console.WriteLine($"{axis}: {held}");
            AnsiConsole.Write(table);
            foreach (ScalePoint point in measured)
            {
                Console.WriteLine(
                    $"result: scale_{point.Axis}_{point.Size} us_per_row={Show(point.MicrosecondsPerRow)} "
                    + $"managed_mb={Show(point.ManagedMegabytes)}");
            }

            Console.WriteLine();
        }
    }

    private static string Show(double value) =>
        value.ToString(value < 0.1 ? "F3" : value < 10 ? "F2" : value < 100 ? "F1" : "F0", CultureInfo.InvariantCulture);
}
