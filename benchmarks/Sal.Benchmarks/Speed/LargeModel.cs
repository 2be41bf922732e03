using System.Diagnostics;
using Sal.Benchmarks.Data;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Benchmarks.Speed;

/// <summary>
/// Trains the largest model of the paper's widths: 64 layers x 4,096 units x 4 areas, 1.07 G active and 4.3 G total parameters.
/// </summary>
internal static class LargeModel
{
    public static void Run()
    {
        BenchmarkSet semeion = BenchmarkSets.Read("semeion", DataFiles.Create(folder: null, noDownload: true));
        using TrainingSet rows = semeion.Rows.ToTrainingSet(semeion.Split(0).Training);
        var options = new SalTrainingOptions
        {
            HiddenUnits = 4_096, NumberOfLayers = 64, NumberOfAreas = 4,
            NumberOfEpochs = 2, SharedPhaseFraction = 0.5, BatchSize = 16, AreaBatchSize = 16,
            Optimizer = OptimizerKind.Sgd, LearningRate = 1e-3, Activation = ActivationKind.Tanh, Residual = true, DropoutRate = 0,
            Schedule = LearningRateSchedule.Constant, InputScaling = InputScaling.Common,
        };
        SalTrainingResult result = new SalTrainer(options).Train(rows);
        foreach (SalEpoch epoch in result.History.Epochs)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"epoch {epoch.Epoch} ({epoch.Phase}): loss {epoch.TrainingLoss:F4}, {epoch.Seconds:F0} s"));
        }

        using var process = Process.GetCurrentProcess();
        Console.WriteLine(FormattableString.Invariant(
            $"parameters: {result.Model.ActiveParameterCount} active, {result.Model.ParameterCount} in all"));
        Console.WriteLine(FormattableString.Invariant($"result: large_peak_gib={process.PeakWorkingSet64 / (double)(1 << 30):F1}"));
    }
}
