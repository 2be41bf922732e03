using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Sal.Benchmarks.Kernels;

/// <summary>
/// The command <c>kernels</c>: the engine's inner loops one by one, measured by BenchmarkDotNet, which takes the other arguments
/// (<c>--filter *Product*</c>, <c>--list flat</c>, ...).
/// </summary>
internal static class KernelsCommand
{
    public static Command Create()
    {
        var command = new Command(
            "kernels", "Measure the engine's kernels one by one with BenchmarkDotNet, which takes all further arguments.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(arguments => Run([.. arguments.UnmatchedTokens]));
        return command;
    }

    private static void Run(string[] arguments)
    {
        // In this process: BenchmarkDotNet would build a child project by the rules of this repository.
        IConfig config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        Type[] kernels = [typeof(ProductKernels), typeof(SparseKernels), typeof(UpdateKernels), typeof(ElementKernels), typeof(RowScoring)];
        BenchmarkSwitcher.FromTypes(kernels).Run(arguments.Length == 0 ? ["--filter", "*"] : arguments, config);
    }
}
