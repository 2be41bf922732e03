using System.CommandLine;
using Spectre.Console;

namespace Sal.Benchmarks.Speed;

/// <summary>The command <c>speed</c>.</summary>
internal static class SpeedCommand
{
    public static Command Create()
    {
        var command = new Command("speed", "Speed beside the processor's limit and beside peers.");
        command.SetAction(_ =>
        {
            AnsiConsole.WriteLine("speed: not there yet.");
            return 1;
        });
        return command;
    }
}
