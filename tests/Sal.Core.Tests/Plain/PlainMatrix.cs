using Sal.Core.Numerics;

namespace Sal.Core.Tests.Plain;

/// <summary>Matrices as arrays of rows in double precision: slow, but obviously correct.</summary>
internal static class PlainMatrix
{
    public static double[][] Zeros(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => new double[columns])];

    public static double[][] From(PanelMatrix matrix)
    {
        double[][] plain = Zeros(matrix.Rows, matrix.Columns);
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int column = 0; column < matrix.Columns; column++)
            {
                plain[row][column] = matrix[row, column];
            }
        }

        return plain;
    }

    /// <summary>
    /// Creates a panel matrix of uniform draws from -1 to 1. Its padding is zero, including the padding rows, which products may
    /// read.
    /// </summary>
    public static PanelMatrix Random(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        var matrix = new PanelMatrix(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                matrix[row, column] = random.NextSingle() * 2 - 1;
            }
        }

        return matrix;
    }

    /// <summary>Creates a vector of uniform draws from -1 to 1.</summary>
    public static PanelMatrix RandomVector(int columns, int seed)
    {
        PanelMatrix vector = PanelMatrix.Vector(columns);
        var values = new float[columns];
        Random(1, columns, seed).CopyRowTo(0, values);
        vector.SetRow(0, values);
        return vector;
    }

    public static double[][] Multiply(double[][] left, double[][] right)
    {
        double[][] result = Zeros(left.Length, right[0].Length);
        for (int i = 0; i < left.Length; i++)
        {
            for (int j = 0; j < right[0].Length; j++)
            {
                for (int k = 0; k < right.Length; k++)
                {
                    result[i][j] += left[i][k] * right[k][j];
                }
            }
        }

        return result;
    }

    public static double[][] Transpose(double[][] matrix)
    {
        double[][] result = Zeros(matrix[0].Length, matrix.Length);
        for (int i = 0; i < matrix.Length; i++)
        {
            for (int j = 0; j < matrix[0].Length; j++)
            {
                result[j][i] = matrix[i][j];
            }
        }

        return result;
    }

    /// <summary>Asserts that every element is within the tolerance, relative to the largest expected magnitude.</summary>
    public static void AssertClose(double[][] expected, double[][] actual, double tolerance, string what)
    {
        Assert.HasCount(expected.Length, actual, what);
        double scale = expected.Max(row => row.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++)
        {
            for (int j = 0; j < expected[i].Length; j++)
            {
                double error = Math.Abs(expected[i][j] - actual[i][j]);
                Assert.IsLessThanOrEqualTo(
                    tolerance * Math.Max(scale, 1e-12), error, $"{what}[{i},{j}]: expected {expected[i][j]}, got {actual[i][j]}");
            }
        }
    }
}
