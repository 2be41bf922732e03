using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Sal.Benchmarks.Kernels;

/// <summary>The command <c>kernels</c>: the engine's inner loops one by one, by BenchmarkDotNet, which takes the other arguments (<c>--filter *Product*</c>, <c>--list flat</c>, ...).</summary>
internal static class KernelsCommand
{
    public static Command Create()
    {
        var command = new Command("kernels", "The engine's kernels one by one, by BenchmarkDotNet; other arguments are passed on to it.") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction(arguments => Run([.. arguments.UnmatchedTokens]));
        return command;
    }

    private static void Run(string[] arguments)
    {
        // In this process: a child project would be built by the rules of the repository, and in a mode of its own choice.
        IConfig config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromTypes([typeof(ProductKernels), typeof(SparseKernels), typeof(UpdateKernels), typeof(ElementKernels), typeof(RowScoring)])
            .Run(arguments.Length == 0 ? ["--filter", "*"] : arguments, config);
    }
}
