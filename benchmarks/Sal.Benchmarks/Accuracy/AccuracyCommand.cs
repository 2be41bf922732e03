using System.CommandLine;
using Spectre.Console;

namespace Sal.Benchmarks.Accuracy;

/// <summary>The command <c>accuracy</c>.</summary>
internal static class AccuracyCommand
{
    public static Command Create()
    {
        var command = new Command("accuracy", "Accuracy on ten sets or a CSV file, beside peers.");
        command.SetAction(_ =>
        {
            AnsiConsole.WriteLine("accuracy: not there yet.");
            return 1;
        });
        return command;
    }
}
