using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Benchmarks.Speed;

/// <summary>Measures what areas cost in ONNX Runtime, on one thread: 16 features, 26 classes, 3 x 256 units.</summary>
internal static class OnnxSpeed
{
    private const int Features = 16, Classes = 26, Rows = 2_048;

    public static IReadOnlyList<int> BatchSizes { get; } = [1, 7, 256];

    public static string Key(int batchSize) => $"onnx_area16_cost_{batchSize}";

    public static Ratio AreaCost(int batchSize, int pairs)
    {
        TrainingSet rows = RandomRows.Create(Rows, Features, Classes);
        using var sixteen = new Run(Train(rows, areas: 16), batchSize);
        using var one = new Run(Train(rows, areas: 1), batchSize);
        Ratio ratio = Ratio.Measure(
            Key(batchSize), $"ONNX Runtime, time per row, 16 areas / 1 area, batch {batchSize}, one thread", "none", pairs,
            sixteen.Microseconds, one.Microseconds);
        Console.WriteLine(FormattableString.Invariant(
            $"{Key(batchSize)}: {sixteen.Microseconds():F0} us per batch with 16 areas, {one.Microseconds():F0} us with one"));
        return ratio;
    }

    private static SalModel Train(TrainingSet rows, int areas) => new SalTrainer(
        new SalTrainingOptions { NumberOfAreas = areas, NumberOfLayers = 3, HiddenUnits = 256, NumberOfEpochs = 2 }).Train(rows).Model;

    /// <summary>A model in ONNX Runtime, and a batch to score.</summary>
    private sealed class Run : IDisposable
    {
        private const int Repetitions = 500;

        private readonly SessionOptions _options = new() { IntraOpNumThreads = 1 };
        private readonly RunOptions _runOptions = new();
        private readonly InferenceSession _session;
        private readonly OrtValue _rows;

        public Run(SalModel model, int batchSize)
        {
            using var file = new MemoryStream();
            model.SaveOnnx(file);
            _session = new InferenceSession(file.ToArray(), _options);
            var random = new Random(2);
            float[] rows = [.. Enumerable.Range(0, batchSize * Features).Select(_ => random.NextSingle())];
            _rows = OrtValue.CreateTensorValueFromMemory(rows, [batchSize, Features]);
        }

        /// <summary>Measures the shortest time per batch.</summary>
        public double Microseconds()
        {
            double shortest = double.PositiveInfinity;
            for (int i = 0; i < Repetitions; i++)
            {
                long start = Stopwatch.GetTimestamp();
                _session.Run(_runOptions, ["Features"], [_rows], ["Score", "PredictedLabel"]).Dispose();
                shortest = Math.Min(shortest, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }

            return shortest;
        }

        public void Dispose()
        {
            _rows.Dispose();
            _session.Dispose();
            _runOptions.Dispose();
            _options.Dispose();
        }
    }
}
