using System.Diagnostics;
using Sal.Benchmarks.Speed;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Benchmarks.Scale;

/// <summary>Trains small sets for a few epochs at one size after another, on two threads.</summary>
internal static class ScaleMeasurement
{
    private const int Classes = 10, SparseValues = 50, Epochs = 3;

    // Rows times active parameters per epoch: what two threads do in about a second.
    private const long Work = 4_000_000_000;
    private const int FewestRows = 256, MostRows = 8_192;

    private static readonly int[] _widths = [64, 128, 256, 512, 1_024, 2_048, 4_096];
    private static readonly int[] _depths = [2, 4, 8, 16, 32, 64, 128];
    private static readonly int[] _areas = [1, 2, 4, 8, 16, 32, 64];
    private static readonly int[] _rowCounts = [1_000, 10_000, 100_000, 1_000_000];
    private static readonly int[] _denseFeatures = [16, 64, 256, 1_024, 4_096, 16_384];
    private static readonly int[] _sparseFeatures = [1_000, 10_000, 100_000];

    /// <summary>Gets the axes, each with what is fixed along it, and its points, which are measured as they are enumerated.</summary>
    public static IEnumerable<(string Axis, string Fixed, IEnumerable<ScalePoint> Points)> All() =>
    [
        ("width", "units of each of 2 hidden layers; 784 features, batch 128", _widths.Select(width => Dense(
            "width", width, 784, o => o.HiddenUnits = width))),
        ("depth", "hidden layers of 256 units, Tanh, Residual; 784 features, batch 128", _depths.Select(depth => Dense(
            "depth", depth, 784, o => (o.NumberOfLayers, o.Activation, o.Residual) = (depth, ActivationKind.Tanh, true)))),
        ("areas", "areas from the start, 2 x 256 units; 784 features, batch 32", _areas.Select(areas => Dense(
            "areas", areas, 784, o => (o.NumberOfAreas, o.SharedPhaseFraction, o.BatchSize, o.AreaBatchSize) = (areas, 0, 32, 32)))),
        ("rows", "training rows; 64 features, 2 x 64 units, batch 128", _rowCounts.Select(rows => Measure(
            "rows", rows, () => RandomRows.Create(rows, 64, Classes), o => o.HiddenUnits = 64))),
        ("dense", "dense features; 2 x 64 units, batch 128", _denseFeatures.Select(features => Dense(
            "dense", features, features, o => o.HiddenUnits = 64))),
        ("sparse", $"features, {SparseValues} per row not zero; 2 x 64 units, batch 128", _sparseFeatures.Select(features => Measure(
            "sparse", features, () => RandomRows.CreateSparse(MostRows, features, Classes, SparseValues), o => o.HiddenUnits = 64))),
    ];

    private static ScalePoint Dense(string axis, int size, int features, Action<SalTrainingOptions> set)
    {
        SalTrainingOptions options = Options(set);
        long units = options.HiddenUnits!.Value, active = units * (features + (options.NumberOfLayers - 1) * units);
        int rows = (int)Math.Clamp(Work / active, FewestRows, MostRows) / 128 * 128;
        return Measure(axis, size, () => RandomRows.Create(rows, features, Classes), set);
    }

    private static ScalePoint Measure(string axis, int size, Func<TrainingSet> createRows, Action<SalTrainingOptions> set)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        using TrainingSet rows = createRows();
        var memory = new MemoryAtEpoch();
        SalTrainingResult result = new SalTrainer(Options(set)).Train(rows, progress: memory);
        long managed = memory.Bytes - before;
        using var process = Process.GetCurrentProcess();
        const double Megabyte = 1 << 20;
        return new ScalePoint(
            axis,
            size,
            rows.RowCount,
            result.Model.ActiveParameterCount,
            result.Model.ParameterCount,
            result.History.Epochs.Min(epoch => epoch.Seconds) * 1e6 / rows.RowCount,
            (double)managed / result.Model.ParameterCount,
            managed / Megabyte,
            process.PeakWorkingSet64 / Megabyte);
    }

    private static SalTrainingOptions Options(Action<SalTrainingOptions> set)
    {
        var options = new SalTrainingOptions
        {
            NumberOfAreas = 1, NumberOfLayers = 2, NumberOfEpochs = Epochs, BatchSize = 128, NumberOfThreads = 2, DropoutRate = 0,
        };
        set(options);
        return options;
    }

    /// <summary>Records the managed memory in use after an epoch, while training still holds all that it needs.</summary>
    private sealed class MemoryAtEpoch : IProgress<SalTrainingProgress>
    {
        public long Bytes { get; private set; }

        public void Report(SalTrainingProgress value) => Bytes = Math.Max(Bytes, GC.GetTotalMemory(forceFullCollection: true));
    }
}
