using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sal.Core.Numerics;

/// <summary>
/// Receives the finished sums of a product, 16 adjacent columns of one row at a time, and holds the matrices that it reads and writes.
/// </summary>
internal interface IProductSink
{
    /// <summary>Gets the matrix that offsets refer to.</summary>
    PanelMatrix Result { get; }

    /// <summary>Gets the initial value of the sums of <paramref name="panel"/>.</summary>
    Vector512<float> Start(int panel);

    /// <summary>
    /// Receives a finished sum; <paramref name="offset"/> is its position in the storage of <see cref="Result"/>, in floats.
    /// </summary>
    void Accept(Vector512<float> sum, nint offset);
}

/// <summary>
/// The products A·B (forward pass, feedback) and Aᵀ·B (gradients) of panel matrices, built on one shared register kernel.
/// </summary>
/// <remarks>
/// Each sum adds its terms in order, with one fused multiply-add per term. The result therefore does not depend on tiles, threads or the
/// processor's vector width, and scoring a row alone is bitwise identical to scoring it in a batch.
/// </remarks>
internal static unsafe class PanelProduct
{
    private const int Width = PanelMatrix.PanelWidth;
    private const int Tile = PanelMatrix.RowTile;
    private const int FloatsPerBlock = 1 << 16;

    /// <summary>
    /// Computes A·B: sum over k of left[row, k] * right[k, column], for some rows and panels of columns. Whole tiles of rows are read, and
    /// the rows up to the next multiple of 8 are computed too.
    /// </summary>
    /// <param name="left">rows x depth.</param>
    /// <param name="right">depth x columns.</param>
    /// <param name="rows">The rows of the result.</param>
    /// <param name="panels">The panels of columns of the result.</param>
    /// <param name="sink">Receives the sums.</param>
    public static void Multiply<TSink>(PanelMatrix left, PanelMatrix right, Interval rows, Interval panels, ref TSink sink)
        where TSink : struct, IProductSink
    {
        int depth = right.Rows;
        if (left.IsVector)
        {
            MultiplySingleRow(left, right, panels, ref sink);
        }
        else
        {
            // A block of rows stays in the second-level cache while all panels pass through it.
            int rowsPerBlock = Math.Max(Tile, FloatsPerBlock / depth / Tile * Tile);
            nint resultPanelStride = (nint)sink.Result.RowCapacity * Width;
            for (int block = rows.Start; block < rows.End; block += rowsPerBlock)
            {
                int blockEnd = Math.Min(block + rowsPerBlock, rows.End);
                for (int panel = panels.Start; panel < panels.End; panel += 2)
                {
                    var tile = new TileOperands(right, panel, panel + 1 < panels.End, firstTerm: 0, depth, left.PanelStride)
                    {
                        ResultPanelStride = resultPanelStride,
                    };
                    for (int row = block; row < blockEnd; row += Tile)
                    {
                        tile.Left = left.Line(0, row);
                        tile.Offset = panel * resultPanelStride + row * Width;
                        RunTile<RowsDown, TSink>(in tile, ref sink);
                    }
                }
            }
        }

        KeepAlive(left, right);
    }

    /// <summary>Computes Aᵀ·B: sum over rows of left[row, k] * right[row, column], for all k and some panels of columns.</summary>
    /// <param name="left">rows x depth.</param>
    /// <param name="right">rows x columns.</param>
    /// <param name="rows">The rows to sum over.</param>
    /// <param name="panels">The panels of columns of the result.</param>
    /// <param name="sink">Receives the sums; its result is depth x columns.</param>
    public static void MultiplyTransposed<TSink>(PanelMatrix left, PanelMatrix right, Interval rows, Interval panels, ref TSink sink)
        where TSink : struct, IProductSink
    {
        int depth = left.Columns;
        nint resultPanelStride = (nint)sink.Result.RowCapacity * Width;
        for (int panel = panels.Start; panel < panels.End; panel += 2)
        {
            var tile = new TileOperands(right, panel, panel + 1 < panels.End, rows.Start, rows.End - rows.Start, Width * Width)
            {
                ResultPanelStride = resultPanelStride,
            };
            for (int k = 0; k < depth; k += Tile)
            {
                tile.Left = left.Line(k / Width, rows.Start) + k % Width;
                tile.Offset = panel * resultPanelStride + k * Width;
                RunTile<ColumnsAcross, TSink>(in tile, ref sink);
            }
        }

        KeepAlive(left, right);
    }

    /// <summary>
    /// Computes column sums: sum over rows of right[row, column], like <see cref="MultiplyTransposed"/> with a left operand of ones.
    /// </summary>
    public static void SumRows<TSink>(PanelMatrix right, Interval rows, Interval panels, ref TSink sink)
        where TSink : struct, IProductSink
    {
        for (int panel = panels.Start; panel < panels.End; panel++)
        {
            Vector512<float> sum = sink.Start(panel);
            for (int row = rows.Start; row < rows.End; row++)
            {
                sum += Vector512.Load(right.Line(panel, row));
            }

            sink.Accept(sum, (nint)panel * Width);
        }

        GC.KeepAlive(right);
    }

    // The kernels see only addresses: without this, a matrix whose last use is the call could be collected.
    private static void KeepAlive(PanelMatrix left, PanelMatrix right)
    {
        GC.KeepAlive(left);
        GC.KeepAlive(right);
    }

    /// <summary>The operands of one tile and the position of its results.</summary>
    private struct TileOperands
    {
        /// <param name="right">The right operand.</param>
        /// <param name="panel">The first panel of the tile.</param>
        /// <param name="isPair">Whether the tile computes the next panel as well.</param>
        /// <param name="firstTerm">The row of the right operand at which the sums start.</param>
        /// <param name="terms">The number of terms per sum.</param>
        /// <param name="runStride">The number of floats from 16 terms of the left operand to the next 16.</param>
        public TileOperands(PanelMatrix right, int panel, bool isPair, int firstTerm, int terms, nint runStride)
        {
            First = right.Line(panel, firstTerm);
            Second = isPair ? right.Line(panel + 1, firstTerm) : First;
            Panel = panel;
            IsPair = isPair;
            Terms = terms;
            RunStride = runStride;
        }

        /// <summary>Gets or sets the address of the first of the 8 left factors of the first term.</summary>
        public float* Left { readonly get; set; }

        /// <summary>Gets or sets the position of the first result in the storage of the result, in floats.</summary>
        public nint Offset { readonly get; set; }

        /// <summary>Gets the number of floats from one panel of the result to the next.</summary>
        public nint ResultPanelStride { readonly get; init; }

        public readonly float* First { get; }

        public readonly float* Second { get; }

        public readonly int Panel { get; }

        public readonly bool IsPair { get; }

        public readonly int Terms { get; }

        public readonly nint RunStride { get; }
    }

    /// <summary>The layout of the 8 left factors of a tile: 8 consecutive rows (A·B) or 8 adjacent columns (Aᵀ·B).</summary>
    private interface IFactorLayout
    {
        /// <summary>Gets the number of floats from one of the 8 factors to the next.</summary>
        static abstract int FactorStride { get; }

        /// <summary>Gets the number of floats from one term of the sum to the next.</summary>
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

    // Without 512-bit registers: 4 results x 1 panel at a time, in 8 registers of 256 bits, with the same sums in the same order.
    private static void RunNarrowTile<TLayout, TSink>(in TileOperands tile, ref TSink sink)
        where TLayout : struct, IFactorLayout
        where TSink : struct, IProductSink
    {
        for (int row = 0; row < Tile; row += 4)
        {
            RunQuarterTile<TLayout, TSink>(in tile, row, isSecond: false, ref sink);
            if (tile.IsPair)
            {
                RunQuarterTile<TLayout, TSink>(in tile, row, isSecond: true, ref sink);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void RunQuarterTile<TLayout, TSink>(in TileOperands tile, int row, bool isSecond, ref TSink sink)
        where TLayout : struct, IFactorLayout
        where TSink : struct, IProductSink
    {
        float* left = tile.Left + row * TLayout.FactorStride;
        float* line = isSecond ? tile.Second : tile.First;
        nint offset = tile.Offset + (isSecond ? tile.ResultPanelStride : 0) + row * Width;
        int terms = tile.Terms;
        Vector512<float> start = sink.Start(isSecond ? tile.Panel + 1 : tile.Panel);
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

            left += tile.RunStride;
        }

        sink.Accept(Vector512.Create(a0, b0), offset);
        sink.Accept(Vector512.Create(a1, b1), offset + Width);
        sink.Accept(Vector512.Create(a2, b2), offset + 2 * Width);
        sink.Accept(Vector512.Create(a3, b3), offset + 3 * Width);
    }

    // 8 results x 2 panels in 16 registers; two loads of the right operand serve 16 multiply-adds.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void RunTile<TLayout, TSink>(in TileOperands tile, ref TSink sink)
        where TLayout : struct, IFactorLayout
        where TSink : struct, IProductSink
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            RunNarrowTile<TLayout, TSink>(in tile, ref sink);
            return;
        }

        float* left = tile.Left, first = tile.First, second = tile.Second;
        nint runStride = tile.RunStride, offset = tile.Offset;
        int terms = tile.Terms;
        Vector512<float> a0 = sink.Start(tile.Panel), b0 = tile.IsPair ? sink.Start(tile.Panel + 1) : Vector512<float>.Zero;
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
        if (tile.IsPair)
        {
            offset += tile.ResultPanelStride;
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

    // The product of one row and a matrix is bound by reading the matrix; 8 panels at a time hide the latency of the sums.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MultiplySingleRow<TSink>(PanelMatrix left, PanelMatrix right, Interval panels, ref TSink sink)
        where TSink : struct, IProductSink
    {
        int depth = right.Rows;
        nint stride = right.PanelStride;
        int panel = panels.Start;
        for (; panel + 8 <= panels.End; panel += 8)
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

        for (; panel < panels.End; panel++)
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
