using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sal.Core.Numerics;

/// <summary>Takes the finished sums of a product, 16 neighbouring columns of one row at a time.</summary>
internal interface IProductSink
{
    /// <summary>What the sums of <paramref name="panel"/> start from.</summary>
    Vector512<float> Start(int panel);

    /// <summary>Takes a finished sum; <paramref name="offset"/> is its place in the result's storage, in floats.</summary>
    void Accept(Vector512<float> sum, nint offset);
}

/// <summary>
/// The products A·B (forward pass, feedback) and Aᵀ·B (gradients) of panel matrices, over one shared register kernel.
/// </summary>
/// <remarks>
/// Each sum runs over its terms in order, with one fused multiply-add a term. So a result does not depend on tiles, threads
/// or the processor's vector width, and a row alone gives the bits it gives in a batch.
/// </remarks>
internal static unsafe class PanelProduct
{
    private const int Width = PanelMatrix.PanelWidth;
    private const int Tile = PanelMatrix.RowTile;
    private const int FloatsPerBlock = 1 << 16;

    /// <summary>
    /// A·B: sum over k of left[row, k] * right[k, column], for the rows and the panels of columns given.
    /// Reads whole tiles of rows; rows beyond <paramref name="rowEnd"/> up to the next multiple of 8 are computed too.
    /// </summary>
    /// <param name="left">rows x depth.</param>
    /// <param name="right">depth x columns.</param>
    /// <param name="resultRowCapacity">The row capacity of the result that the sink's offsets refer to.</param>
    public static void Multiply<TSink>(
        PanelMatrix left, PanelMatrix right, int rowStart, int rowEnd, int panelStart, int panelEnd, int resultRowCapacity, ref TSink sink)
        where TSink : struct, IProductSink
    {
        int depth = right.Rows;
        if (left.IsVector)
        {
            MultiplySingleRow(left, right, panelStart, panelEnd, ref sink);
            KeepAlive(left, right);
            return;
        }

        // A block of rows stays in the second-level cache while all panels pass by.
        int rowsPerBlock = Math.Max(Tile, FloatsPerBlock / depth / Tile * Tile);
        for (int block = rowStart; block < rowEnd; block += rowsPerBlock)
        {
            int blockEnd = Math.Min(block + rowsPerBlock, rowEnd);
            for (int panel = panelStart; panel < panelEnd; panel += 2)
            {
                bool pair = panel + 1 < panelEnd;
                float* first = right.Line(panel, 0);
                float* second = pair ? right.Line(panel + 1, 0) : first;
                for (int row = block; row < blockEnd; row += Tile)
                {
                    nint offset = ((nint)panel * resultRowCapacity + row) * Width;
                    RunTile<RowsDown, TSink>(
                        left.Line(0, row), left.PanelStride, first, second, depth, panel, pair, offset, (nint)resultRowCapacity * Width, ref sink);
                }
            }
        }

        KeepAlive(left, right);
    }

    /// <summary>
    /// Aᵀ·B: sum over rows of left[row, k] * right[row, column], for all k and the panels of columns given.
    /// </summary>
    /// <param name="left">rows x depth.</param>
    /// <param name="right">rows x columns.</param>
    /// <param name="resultRowCapacity">The row capacity (of depth) of the result that the sink's offsets refer to.</param>
    public static void MultiplyTransposed<TSink>(
        PanelMatrix left, PanelMatrix right, int rowStart, int rowEnd, int panelStart, int panelEnd, int resultRowCapacity, ref TSink sink)
        where TSink : struct, IProductSink
    {
        int depth = left.Columns;
        for (int panel = panelStart; panel < panelEnd; panel += 2)
        {
            bool pair = panel + 1 < panelEnd;
            float* first = right.Line(panel, rowStart);
            float* second = pair ? right.Line(panel + 1, rowStart) : first;
            for (int k = 0; k < depth; k += Tile)
            {
                nint offset = ((nint)panel * resultRowCapacity + k) * Width;
                RunTile<ColumnsAcross, TSink>(
                    left.Line(k / Width, rowStart) + k % Width, Width * Width, first, second, rowEnd - rowStart, panel, pair, offset,
                    (nint)resultRowCapacity * Width, ref sink);
            }
        }

        KeepAlive(left, right);
    }

    /// <summary>Column sums: sum over rows of right[row, column], as <see cref="MultiplyTransposed"/> with a left side of ones.</summary>
    public static void SumRows<TSink>(PanelMatrix right, int rowStart, int rowEnd, int panelStart, int panelEnd, ref TSink sink)
        where TSink : struct, IProductSink
    {
        for (int panel = panelStart; panel < panelEnd; panel++)
        {
            Vector512<float> sum = sink.Start(panel);
            for (int row = rowStart; row < rowEnd; row++)
            {
                sum += Vector512.Load(right.Line(panel, row));
            }

            sink.Accept(sum, (nint)panel * Width);
        }

        GC.KeepAlive(right);
    }

    // The kernels see pointers only: without this the collector may take a matrix whose last use is the call.
    private static void KeepAlive(PanelMatrix left, PanelMatrix right)
    {
        GC.KeepAlive(left);
        GC.KeepAlive(right);
    }

    /// <summary>How a tile finds its 8 left factors: 8 rows below each other (A·B), or 8 neighbouring columns (Aᵀ·B).</summary>
    private interface IFactorLayout
    {
        /// <summary>Floats from one of the 8 factors to the next.</summary>
        static abstract int FactorStride { get; }

        /// <summary>Floats from one term of the sum to the next.</summary>
        static abstract int TermStride { get; }
    }

    private readonly struct RowsDown : IFactorLayout
    {
        public static int FactorStride => Width;

        public static int TermStride => 1;
    }

    private readonly struct ColumnsAcross : IFactorLayout
    {
        public static int FactorStride => 1;

        public static int TermStride => Width;
    }

    // Without 512-bit registers: 4 results x 1 panel at a time, in 8 registers of 256 bits. The same sums in the same order.
    private static void RunNarrowTile<TLayout, TSink>(
        float* left, nint runStride, float* first, float* second, int terms, int panel, bool pair, nint offset, nint panelOffset, ref TSink sink)
        where TLayout : struct, IFactorLayout
        where TSink : struct, IProductSink
    {
        for (int row = 0; row < Tile; row += 4)
        {
            float* factors = left + row * TLayout.FactorStride;
            RunQuarterTile<TLayout, TSink>(factors, runStride, first, terms, panel, offset + row * Width, ref sink);
            if (pair)
            {
                RunQuarterTile<TLayout, TSink>(factors, runStride, second, terms, panel + 1, offset + panelOffset + row * Width, ref sink);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void RunQuarterTile<TLayout, TSink>(float* left, nint runStride, float* line, int terms, int panel, nint offset, ref TSink sink)
        where TLayout : struct, IFactorLayout
        where TSink : struct, IProductSink
    {
        Vector512<float> start = sink.Start(panel);
        Vector256<float> a0 = start.GetLower(), b0 = start.GetUpper();
        Vector256<float> a1 = a0, a2 = a0, a3 = a0, b1 = b0, b2 = b0, b3 = b0;
        for (int done = 0; done < terms; done += Width)
        {
            float* factor = left;
            float* end = left + Math.Min(Width, terms - done) * TLayout.TermStride;
            while (factor < end)
            {
                Vector256<float> a = Vector256.Load(line);
                Vector256<float> b = Vector256.Load(line + 8);
                Vector256<float> x = Vector256.Create(factor[0]);
                a0 = Vector256.FusedMultiplyAdd(x, a, a0);
                b0 = Vector256.FusedMultiplyAdd(x, b, b0);
                x = Vector256.Create(factor[TLayout.FactorStride]);
                a1 = Vector256.FusedMultiplyAdd(x, a, a1);
                b1 = Vector256.FusedMultiplyAdd(x, b, b1);
                x = Vector256.Create(factor[2 * TLayout.FactorStride]);
                a2 = Vector256.FusedMultiplyAdd(x, a, a2);
                b2 = Vector256.FusedMultiplyAdd(x, b, b2);
                x = Vector256.Create(factor[3 * TLayout.FactorStride]);
                a3 = Vector256.FusedMultiplyAdd(x, a, a3);
                b3 = Vector256.FusedMultiplyAdd(x, b, b3);
                factor += TLayout.TermStride;
                line += Width;
            }

            left += runStride;
        }

        sink.Accept(Vector512.Create(a0, b0), offset);
        sink.Accept(Vector512.Create(a1, b1), offset + Width);
        sink.Accept(Vector512.Create(a2, b2), offset + 2 * Width);
        sink.Accept(Vector512.Create(a3, b3), offset + 3 * Width);
    }

    // 8 results x 2 panels in 16 registers; two loads of the right side serve 16 multiply-adds.
    // runStride: floats from 16 terms of the left side to the next 16.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void RunTile<TLayout, TSink>(
        float* left, nint runStride, float* first, float* second, int terms, int panel, bool pair, nint offset, nint panelOffset, ref TSink sink)
        where TLayout : struct, IFactorLayout
        where TSink : struct, IProductSink
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            RunNarrowTile<TLayout, TSink>(left, runStride, first, second, terms, panel, pair, offset, panelOffset, ref sink);
            return;
        }

        Vector512<float> a0 = sink.Start(panel), b0 = pair ? sink.Start(panel + 1) : Vector512<float>.Zero;
        Vector512<float> a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        Vector512<float> b1 = b0, b2 = b0, b3 = b0, b4 = b0, b5 = b0, b6 = b0, b7 = b0;

        for (int done = 0; done < terms; done += Width)
        {
            float* factor = left;
            float* end = left + Math.Min(Width, terms - done) * TLayout.TermStride;
            while (factor < end)
            {
                Vector512<float> a = Vector512.Load(first);
                Vector512<float> b = Vector512.Load(second);
                Vector512<float> x = Vector512.Create(factor[0]);
                a0 = Vector512.FusedMultiplyAdd(x, a, a0);
                b0 = Vector512.FusedMultiplyAdd(x, b, b0);
                x = Vector512.Create(factor[TLayout.FactorStride]);
                a1 = Vector512.FusedMultiplyAdd(x, a, a1);
                b1 = Vector512.FusedMultiplyAdd(x, b, b1);
                x = Vector512.Create(factor[2 * TLayout.FactorStride]);
                a2 = Vector512.FusedMultiplyAdd(x, a, a2);
                b2 = Vector512.FusedMultiplyAdd(x, b, b2);
                x = Vector512.Create(factor[3 * TLayout.FactorStride]);
                a3 = Vector512.FusedMultiplyAdd(x, a, a3);
                b3 = Vector512.FusedMultiplyAdd(x, b, b3);
                x = Vector512.Create(factor[4 * TLayout.FactorStride]);
                a4 = Vector512.FusedMultiplyAdd(x, a, a4);
                b4 = Vector512.FusedMultiplyAdd(x, b, b4);
                x = Vector512.Create(factor[5 * TLayout.FactorStride]);
                a5 = Vector512.FusedMultiplyAdd(x, a, a5);
                b5 = Vector512.FusedMultiplyAdd(x, b, b5);
                x = Vector512.Create(factor[6 * TLayout.FactorStride]);
                a6 = Vector512.FusedMultiplyAdd(x, a, a6);
                b6 = Vector512.FusedMultiplyAdd(x, b, b6);
                x = Vector512.Create(factor[7 * TLayout.FactorStride]);
                a7 = Vector512.FusedMultiplyAdd(x, a, a7);
                b7 = Vector512.FusedMultiplyAdd(x, b, b7);
                factor += TLayout.TermStride;
                first += Width;
                second += Width;
            }

            left += runStride;
        }

        sink.Accept(a0, offset);
        sink.Accept(a1, offset + Width);
        sink.Accept(a2, offset + 2 * Width);
        sink.Accept(a3, offset + 3 * Width);
        sink.Accept(a4, offset + 4 * Width);
        sink.Accept(a5, offset + 5 * Width);
        sink.Accept(a6, offset + 6 * Width);
        sink.Accept(a7, offset + 7 * Width);
        if (pair)
        {
            offset += panelOffset;
            sink.Accept(b0, offset);
            sink.Accept(b1, offset + Width);
            sink.Accept(b2, offset + 2 * Width);
            sink.Accept(b3, offset + 3 * Width);
            sink.Accept(b4, offset + 4 * Width);
            sink.Accept(b5, offset + 5 * Width);
            sink.Accept(b6, offset + 6 * Width);
            sink.Accept(b7, offset + 7 * Width);
        }
    }

    // One row times a matrix is bound by reading the matrix: 8 panels side by side hide the latency of the sums.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MultiplySingleRow<TSink>(PanelMatrix left, PanelMatrix right, int panelStart, int panelEnd, ref TSink sink)
        where TSink : struct, IProductSink
    {
        int depth = right.Rows;
        nint stride = right.PanelStride;
        int panel = panelStart;
        for (; panel + 8 <= panelEnd; panel += 8)
        {
            Vector512<float> s0 = sink.Start(panel), s1 = sink.Start(panel + 1), s2 = sink.Start(panel + 2), s3 = sink.Start(panel + 3);
            Vector512<float> s4 = sink.Start(panel + 4), s5 = sink.Start(panel + 5), s6 = sink.Start(panel + 6), s7 = sink.Start(panel + 7);
            float* line = right.Line(panel, 0);
            float* x = left.Pointer;
            for (int k = 0; k < depth; k++, line += Width)
            {
                Vector512<float> factor = Vector512.Create(x[k]);
                s0 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(line), s0);
                s1 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(line + stride), s1);
                s2 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(line + 2 * stride), s2);
                s3 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(line + 3 * stride), s3);
                s4 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(line + 4 * stride), s4);
                s5 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(line + 5 * stride), s5);
                s6 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(line + 6 * stride), s6);
                s7 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(line + 7 * stride), s7);
            }

            nint offset = (nint)panel * Width;
            sink.Accept(s0, offset);
            sink.Accept(s1, offset + Width);
            sink.Accept(s2, offset + 2 * Width);
            sink.Accept(s3, offset + 3 * Width);
            sink.Accept(s4, offset + 4 * Width);
            sink.Accept(s5, offset + 5 * Width);
            sink.Accept(s6, offset + 6 * Width);
            sink.Accept(s7, offset + 7 * Width);
        }

        for (; panel < panelEnd; panel++)
        {
            Vector512<float> sum = sink.Start(panel);
            float* line = right.Line(panel, 0);
            for (int k = 0; k < depth; k++, line += Width)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(left.Pointer[k]), Vector512.Load(line), sum);
            }

            sink.Accept(sum, (nint)panel * Width);
        }
    }
}
