using Sal.Benchmarks.Contenders;
using Sal.Benchmarks.Data;

namespace Sal.Benchmarks.Speed;

/// <summary>Training to the end beside ML.NET's own multiclass trainers, all with their defaults.</summary>
internal static class MLNetSpeed
{
    /// <summary>The contenders.</summary>
    public static IReadOnlyList<string> Peers { get; } = ["lbfgs-mlnet", "sdca-mlnet", "fasttree-mlnet"];

    public static string Key(string peer) => $"train_vs_{peer.Replace('-', '_')}";

    public static Ratio? Measure(string name, int pairs)
    {
        IContender peer = ContenderList.Create(name, new EngineRuns());
        if (peer.Obstacle is { } obstacle)
        {
            Console.WriteLine($"{Key(name)}: left out, as {obstacle}.");
            return null;
        }

        BenchmarkSet digits = BenchmarkSets.Read("digits", DataFiles.Create(folder: null, noDownload: true));
        var trial = new Trial(digits, digits.Split(0), Seed: 0);
        double seconds(IContender contender) => contender.Run(trial, CancellationToken.None).TrainSeconds;
        return Ratio.Measure(
            Key(name), $"SAL / {name}, seconds to train to the end, Digits, defaults", "none", pairs,
            () => seconds(ContenderList.Create("sal-default", new EngineRuns())), () => seconds(peer)); // new runs: one and the same would remember its outcome
    }
}
