using System.CommandLine;
using Spectre.Console;

namespace Sal.Benchmarks.Paper;

/// <summary>The command <c>paper</c>.</summary>
internal static class PaperCommand
{
    public static Command Create()
    {
        var command = new Command("paper", "The paper's protocol, beside the same network trained to its end.");
        command.SetAction(_ =>
        {
            AnsiConsole.WriteLine("paper: not there yet.");
            return 1;
        });
        return command;
    }
}
