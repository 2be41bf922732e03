using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Benchmarks.Speed;

/// <summary>Measures scoring with 784-256-256-10.</summary>
internal static class ScoringSpeed
{
    private const int Features = 784, Units = 256, Classes = 10;

    private static readonly SalModel _model = Train();

    public static Ratio Row(int pairs)
    {
        var row = new float[Features];
        var probabilities = new float[Classes];
        var weights = GC.AllocateArray<float>((int)_model.ActiveParameterCount, pinned: true);
        return Ratio.Measure(
            "score_row_vs_stream", "scoring one row / reading the active weights once", "at most 1.5", pairs,
            () => Seconds(() => _model.Predict(row, probabilities)), () => Seconds(() => Read(weights)));
    }

    public static long RowBytes()
    {
        var row = new float[Features];
        var probabilities = new float[Classes];
        _model.Predict(row, probabilities);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            _model.Predict(row, probabilities);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / 1_000;
    }

    public static Ratio Batch(int pairs)
    {
        const int Rows = 1_024;
        var rows = new float[Rows * Features];
        var probabilities = new float[Rows * Classes];
        double flops = Rows * 2.0 * (Features * Units + Units * Units);
        return Ratio.Measure(
            "score_batch_fma_share", "scoring 1,024 rows, one thread / FMA limit", "at least 0.60", pairs,
            () => flops / Seconds(() => _model.PredictBatch(rows, probabilities), repetitions: 20) / 1e9, FmaLimit.Measure);
    }

    private static double Seconds(Action action, int repetitions = 2_000)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repetitions; i++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / repetitions;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static unsafe float Read(float[] weights)
    {
        Vector512<float> a = default, b = default, c = default, d = default;
        fixed (float* start = weights)
        {
            float* end = start + weights.Length / 64 * 64;
            for (float* place = start; place < end; place += 64)
            {
                a += Vector512.Load(place);
                b += Vector512.Load(place + 16);
                c += Vector512.Load(place + 32);
                d += Vector512.Load(place + 48);
            }
        }

        return Vector512.Sum(a + b + c + d);
    }

    private static SalModel Train()
    {
        var builder = new TrainingSetBuilder(Features, Classes);
        var random = new Random(1);
        for (int row = 0; row < 64; row++)
        {
            builder.TryAdd([.. Enumerable.Range(0, Features).Select(_ => random.NextSingle())], row % Classes);
        }

        var options = new SalTrainingOptions { NumberOfAreas = 1, NumberOfLayers = 2, NumberOfEpochs = 1 };
        return new SalTrainer(options).Train(builder.Build()).Model;
    }
}
