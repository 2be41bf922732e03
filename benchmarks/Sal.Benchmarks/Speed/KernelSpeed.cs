using System.Diagnostics;
using Sal.Core.Numerics;

namespace Sal.Benchmarks.Speed;

/// <summary>Measures the matrix product alone.</summary>
internal static class KernelSpeed
{
    private const int Size = 1_024;

    public static Ratio Measure(int pairs)
    {
        PanelMatrix left = Random(1), right = Random(2);
        var result = new PanelMatrix(Size, Size);
        return Ratio.Measure(
            "gemm_fma_share", "matrix product 1024 x 1024 x 1024, one thread / FMA limit", "at least 0.85", pairs,
            () =>
            {
                const int Repetitions = 4;
                long start = Stopwatch.GetTimestamp();
                for (int i = 0; i < Repetitions; i++)
                {
                    var sink = new LinearSink(result);
                    PanelProduct.Multiply(left, right, Interval.First(Size), result.AllPanels, ref sink);
                }

                return Repetitions * 2.0 * Size * Size * Size / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9;
            },
            FmaLimit.Measure);
    }

    private static PanelMatrix Random(int seed)
    {
        var random = new Random(seed);
        var matrix = new PanelMatrix(Size, Size);
        foreach (ref float value in matrix.Storage)
        {
            value = random.NextSingle() - 0.5f;
        }

        return matrix;
    }
}
