using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Benchmarks.Speed;

/// <summary>Measures training, in rows per second of whole epochs.</summary>
internal static class TrainingSpeed
{
    public const int Rows = 8_192, Features = 784, Classes = 10;

    private static readonly TrainingSet _rows = RandomRows.Create(Rows, Features, Classes);

    /// <summary>Measures the share of the FMA limit that whole steps reach, counting two products per matrix of weights.</summary>
    public static Ratio StepShare(int pairs)
    {
        const int Units = 1_024;
        double flopsPerRow = 4.0 * (Features * Units + Units * Units);
        return Ratio.Measure(
            "step_fma_share", "training step 784-1024-1024-10, batch 256, AdamW, 2 threads / FMA limit of 2 threads",
            "at least 0.60", pairs,
            () => RowsPerSecond(o => (o.HiddenUnits, o.BatchSize, o.NumberOfThreads) = (Units, 256, 2)) * flopsPerRow / 1e9,
            () => 2 * FmaLimit.Measure());
    }

    public static Ratio LocalAgainstBackpropagation(int layers, string goal, int pairs)
    {
        Func<double> run(LearningRule rule) => () => RowsPerSecond(o =>
        {
            (o.Rule, o.NumberOfLayers, o.BatchSize, o.NumberOfThreads) = (rule, layers, 128, 2);
            if (layers > 2)
            {
                (o.Activation, o.Residual) = (ActivationKind.Tanh, true);
            }
        });
        return Ratio.Measure(
            $"local_vs_bp_{layers}", $"Local rule / Backpropagation rule, rows per second, {layers} x 256, batch 128", goal, pairs,
            run(LearningRule.Local), run(LearningRule.Backpropagation));
    }

    public static Ratio AreaCost(int pairs)
    {
        Func<double> secondsPerRow(int areas) => () => 1 / RowsPerSecond(o =>
            (o.NumberOfAreas, o.SharedPhaseFraction, o.BatchSize, o.AreaBatchSize, o.NumberOfThreads) = (areas, 0, 32, 32, 1));
        return Ratio.Measure(
            "area16_cost", "time per row, 16 areas / 1 area, batch 32, one thread", "at most 1.10", pairs,
            secondsPerRow(16), secondsPerRow(1));
    }

    public static Ratio ThreadScaling(int pairs)
    {
        Func<double> run(int threads) => () => Peer(threads);
        return Ratio.Measure(
            "thread_scaling", "2 threads / 1 thread, rows per second, 784-256-256-10, batch 128", "at least 1.8", pairs, run(2), run(1));
    }

    public static Ratio DeepThreadScaling(string key, int units, int batchSize, int pairs)
    {
        Func<double> run(int threads) => () => Deep(units, batchSize, threads);
        string what = $"2 threads / 1 thread, rows per second, 64 layers x {units} units, batch {batchSize}";
        return Ratio.Measure(key, what, "at least 1.5", pairs, run(2), run(1));
    }

    /// <summary>Measures what the two barriers of a step cost if steps are short.</summary>
    public static Ratio BarrierShare(int pairs)
    {
        const int BatchSize = 16;
        return Ratio.Measure(
            "barrier_share_64", "the two barriers of a step / the step, 64 layers x 64 units, batch 16, 2 threads", "at most 0.05", pairs,
            BarrierCost.SecondsPerStep, () => BatchSize / Deep(64, BatchSize, threads: 2));
    }

    private static double Deep(int units, int batchSize, int threads) => RowsPerSecond(o =>
    {
        (o.NumberOfLayers, o.HiddenUnits, o.BatchSize, o.NumberOfThreads) = (64, units, batchSize, threads);
        (o.Activation, o.Residual) = (ActivationKind.Tanh, true);
    });

    /// <summary>Measures the setting in which SAL is compared with peers: 784-256-256-10, batch 128, Adam.</summary>
    public static double Peer(int threads) => RowsPerSecond(o => (o.BatchSize, o.NumberOfThreads) = (128, threads));

    private static double RowsPerSecond(Action<SalTrainingOptions> set)
    {
        const int Warmups = 1, Epochs = 4;
        var options = new SalTrainingOptions
        {
            NumberOfAreas = 1, NumberOfLayers = 2, NumberOfEpochs = Epochs, DropoutRate = 0, FinalErrorShare = 0,
        };
        set(options);
        double[] seconds = [.. new SalTrainer(options).Train(_rows).History.Epochs.Skip(Warmups).Select(epoch => epoch.Seconds).Order()];
        return Rows / seconds[seconds.Length / 2];
    }
}
