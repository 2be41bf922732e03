using System.CommandLine;
using Sal.Benchmarks.Accuracy;

namespace Sal.Benchmarks.Results;

/// <summary>The command <c>report</c>.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var command = new Command("report", "Write the tables of docs/results.md, and charts, from results files.");
        var json = new Option<string[]>("--json")
        {
            Description = "Results files that accuracy, paper and ablation appended to.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var output = new Option<string>("--out")
        {
            Description = "The Markdown file to write.",
            DefaultValueFactory = _ => "docs/results.md",
        };
        var note = new Option<string?>("--note") { Description = "A sentence on the machine and the version, for the top of the page." };
        var html = new Option<string?>("--html") { Description = "An HTML file with charts to write." };
        foreach (Option option in (Option[])[json, output, note, html])
        {
            command.Options.Add(option);
        }

        command.SetAction((arguments, _) => Commands.Run(() =>
        {
            string[] files = arguments.GetValue(json)!;
            List<Measurement> measurements = ResultFile.Read(files);
            File.WriteAllText(arguments.GetValue(output)!, new MarkdownReport(measurements, arguments.GetValue(note)).Write());
            if (arguments.GetValue(html) is { } page)
            {
                File.WriteAllText(page, new HtmlReport(measurements, ResultFile.ReadHistories(files)).Write());
            }
        }));
        return command;
    }
}
