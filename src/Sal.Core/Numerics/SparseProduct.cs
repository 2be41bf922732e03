using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sal.Core.Numerics;

/// <summary>
/// The products of <see cref="PanelProduct"/> with a sparse left operand. Zero terms are skipped and the others keep their order, so the
/// results are bitwise identical to those of the dense product.
/// </summary>
internal static unsafe class SparseProduct
{
    private const int Width = PanelMatrix.PanelWidth;
    private const int PanelsTogether = 8;

    /// <summary>Computes A·B: sum over k of left[row, k] * right[k, column].</summary>
    /// <param name="left">rows x depth.</param>
    /// <param name="right">depth x columns, row-major.</param>
    /// <param name="rows">The rows of the result.</param>
    /// <param name="panels">The panels of columns of the result.</param>
    /// <param name="sink">Receives the sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply<TSink>(SparseRows left, PanelMatrix right, Interval rows, Interval panels, ref TSink sink)
        where TSink : struct, IProductSink
    {
        nint step = (nint)sink.Result.RowCapacity * Width;
        for (int row = rows.Start; row < rows.End; row++)
        {
            ReadOnlySpan<int> indices = left.Indices(row);
            ReadOnlySpan<float> values = left.Values(row);
            int panel = panels.Start;
            for (; panel + PanelsTogether <= panels.End; panel += PanelsTogether)
            {
                Vector512<float> s0 = sink.Start(panel), s1 = sink.Start(panel + 1), s2 = sink.Start(panel + 2), s3 = sink.Start(panel + 3);
                Vector512<float> s4 = sink.Start(panel + 4), s5 = sink.Start(panel + 5);
                Vector512<float> s6 = sink.Start(panel + 6), s7 = sink.Start(panel + 7);
                for (int i = 0; i < indices.Length; i++)
                {
                    float* line = right.Line(panel, indices[i]);
                    Vector512<float> factor = Vector512.Create(values[i]);
                    s0 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(line), s0);
                    s1 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(line + Width), s1);
                    s2 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(line + 2 * Width), s2);
                    s3 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(line + 3 * Width), s3);
                    s4 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(line + 4 * Width), s4);
                    s5 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(line + 5 * Width), s5);
                    s6 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(line + 6 * Width), s6);
                    s7 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(line + 7 * Width), s7);
                }

                nint offset = panel * step + row * Width;
                sink.Accept(s0, offset);
                sink.Accept(s1, offset + step);
                sink.Accept(s2, offset + 2 * step);
                sink.Accept(s3, offset + 3 * step);
                sink.Accept(s4, offset + 4 * step);
                sink.Accept(s5, offset + 5 * step);
                sink.Accept(s6, offset + 6 * step);
                sink.Accept(s7, offset + 7 * step);
            }

            for (; panel < panels.End; panel++)
            {
                Vector512<float> sum = sink.Start(panel);
                for (int i = 0; i < indices.Length; i++)
                {
                    sum = Vector512.FusedMultiplyAdd(Vector512.Create(values[i]), Vector512.Load(right.Line(panel, indices[i])), sum);
                }

                sink.Accept(sum, panel * step + row * Width);
            }
        }

        GC.KeepAlive(right);
    }

    /// <summary>Computes Aᵀ·B: sum over rows of left[row, k] * right[row, column], for the columns k that have entries.</summary>
    /// <param name="left">rows x depth, ordered by columns.</param>
    /// <param name="right">rows x columns.</param>
    /// <param name="panels">The panels of columns of the result.</param>
    /// <param name="sink">Receives the sums; its result is depth x columns, row-major.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void MultiplyTransposed<TSink>(SparseColumns left, PanelMatrix right, Interval panels, ref TSink sink)
        where TSink : struct, IProductSink
    {
        PanelMatrix result = sink.Result;
        for (int i = 0; i < left.Count; i++)
        {
            (int start, int end) = left.Range(i);
            for (int panel = panels.Start; panel < panels.End; panel++)
            {
                Vector512<float> sum = sink.Start(panel);
                for (int place = start; place < end; place++)
                {
                    (int row, float value) = left.Entry(place);
                    sum = Vector512.FusedMultiplyAdd(Vector512.Create(value), Vector512.Load(right.Line(panel, row)), sum);
                }

                sink.Accept(sum, left.Column(i) * result.RowStride + panel * result.PanelStride);
            }
        }

        GC.KeepAlive(right);
    }
}
