using Sal.Core.Numerics;

namespace Sal.Benchmarks.Kernels;

/// <summary>Creates matrices of random values from -0.5 to 0.5.</summary>
internal static class RandomMatrix
{
    public static PanelMatrix Create(int rows, int columns) => Fill(new PanelMatrix(rows, columns));

    public static PanelMatrix CreateRowMajor(int rows, int columns) => Fill(PanelMatrix.RowMajor(rows, columns));

    private static PanelMatrix Fill(PanelMatrix matrix)
    {
        var random = new Random(1);
        foreach (ref float value in matrix.Storage)
        {
            value = random.NextSingle() - 0.5f;
        }

        return matrix;
    }
}
