using System.CommandLine;
using Sal.Benchmarks.Ablation;
using Sal.Benchmarks.Accuracy;
using Sal.Benchmarks.Paper;
using Sal.Benchmarks.Results;
using Sal.Benchmarks.Speed;

var root = new RootCommand("Measures SAL: accuracy beside peers, the paper's protocol, ablations and speed.")
{
    AccuracyCommand.Create(),
    PaperCommand.Create(),
    AblationCommand.Create(),
    SpeedCommand.Create(),
    ReportCommand.Create(),
};

// Ctrl+C waits for the run at hand to end.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
