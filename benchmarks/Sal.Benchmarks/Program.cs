using System.CommandLine;
using Sal.Benchmarks.Ablation;
using Sal.Benchmarks.Accuracy;
using Sal.Benchmarks.Contributions;
using Sal.Benchmarks.Kernels;
using Sal.Benchmarks.Paper;
using Sal.Benchmarks.Results;
using Sal.Benchmarks.Scale;
using Sal.Benchmarks.Speed;
using Sal.Benchmarks.Tables;

var root = new RootCommand("Measure SAL: accuracy beside peers, on tables, the paper's protocol, ablations, speed, and how its cost scales.")
{
    AccuracyCommand.Create(),
    TablesCommand.Create(),
    PaperCommand.Create(),
    AblationCommand.Create(),
    SpeedCommand.Create(),
    ScaleCommand.Create(),
    KernelsCommand.Create(),
    ContributionsCommand.Create(),
    ReportCommand.Create(),
};

// Ctrl+C waits for the current run to end.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
