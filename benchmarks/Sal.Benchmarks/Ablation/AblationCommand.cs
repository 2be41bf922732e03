using System.CommandLine;
using Spectre.Console;

namespace Sal.Benchmarks.Ablation;

/// <summary>The command <c>ablation</c>.</summary>
internal static class AblationCommand
{
    public static Command Create()
    {
        var command = new Command("ablation", "What each part of the rule contributes.");
        command.SetAction(_ =>
        {
            AnsiConsole.WriteLine("ablation: not there yet.");
            return 1;
        });
        return command;
    }
}
