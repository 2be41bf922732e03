using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sal.Core.Numerics;

/// <summary>The product A·Bᵀ of panel matrices, used by readouts (H·Rᵀ) and by backpropagation (D·Wᵀ).</summary>
/// <remarks>
/// Both operands are read along their columns, so each result consists of 16 lane sums over the panels, which are added in a fixed tree
/// (lanes i and i+8, then i and i+4, i+2, i+1). Results are therefore bitwise identical for all tiles, threads and vector widths.
/// </remarks>
internal static unsafe class RightTransposedProduct
{
    private const int Width = PanelMatrix.PanelWidth;
    private const int Tile = 4;

    /// <summary>
    /// Computes result[row, n] = (accumulate ? result[row, n] : 0) + (sum over columns of left[row, column] * right[n, column] + bias[n]).
    /// </summary>
    /// <param name="left">rows x columns.</param>
    /// <param name="right">n x columns.</param>
    /// <param name="bias">1 x n, or null for none.</param>
    /// <param name="rows">The rows of the result.</param>
    /// <param name="result">rows x n.</param>
    /// <param name="accumulate">Whether the product is added to the previous contents of the result.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply(PanelMatrix left, PanelMatrix right, PanelMatrix? bias, Interval rows, PanelMatrix result, bool accumulate)
    {
        var tile = new TileOperands(left, right, accumulate);
        int rowStep = left.IsVector ? 1 : Tile;
        for (int n = 0; n < right.Rows; n += Tile)
        {
            tile.Right = right.Line(0, n);
            tile.Shift = bias is null ? Vector128<float>.Zero : Vector128.Load(bias.Pointer + n);
            for (int row = rows.Start; row < rows.End; row += rowStep)
            {
                tile.Left = left.Line(0, row);
                tile.Target = result.Line(n / Width, row) + n % Width;
                if (rowStep == 1)
                {
                    RunRow(in tile);
                }
                else
                {
                    RunTile(in tile);
                }
            }
        }

        // The kernels see only addresses: without this, a matrix whose last use is the call could be collected.
        GC.KeepAlive(left);
        GC.KeepAlive(right);
        GC.KeepAlive(bias);
        GC.KeepAlive(result);
    }

    /// <summary>The operands of one tile and the address of its results.</summary>
    private struct TileOperands(PanelMatrix left, PanelMatrix right, bool accumulate)
    {
        /// <summary>Gets or sets the address of the first row of the left operand.</summary>
        public float* Left { readonly get; set; }

        /// <summary>Gets or sets the address of the first row of the right operand.</summary>
        public float* Right { readonly get; set; }

        /// <summary>Gets or sets the bias of the 4 results.</summary>
        public Vector128<float> Shift { readonly get; set; }

        /// <summary>Gets or sets the address of the first result.</summary>
        public float* Target { readonly get; set; }

        public readonly nint LeftStride { get; } = left.PanelStride;

        public readonly nint RightStride { get; } = right.PanelStride;

        public readonly int Panels { get; } = left.PanelCount;

        public readonly bool Accumulate { get; } = accumulate;
    }

    // 4 rows x 4 results in 16 registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void RunTile(in TileOperands operands)
    {
        TileOperands tile = operands; // a copy that stays in registers while results are stored
        float* left = tile.Left, right = tile.Right;
        nint leftStride = tile.LeftStride, rightStride = tile.RightStride;
        int panels = tile.Panels;
        Vector512<float> s00 = default, s01 = default, s02 = default, s03 = default;
        Vector512<float> s10 = default, s11 = default, s12 = default, s13 = default;
        Vector512<float> s20 = default, s21 = default, s22 = default, s23 = default;
        Vector512<float> s30 = default, s31 = default, s32 = default, s33 = default;
        for (int panel = 0; panel < panels; panel++, left += leftStride, right += rightStride)
        {
            Vector512<float> r0 = Vector512.Load(right), r1 = Vector512.Load(right + Width);
            Vector512<float> r2 = Vector512.Load(right + 2 * Width), r3 = Vector512.Load(right + 3 * Width);
            Vector512<float> x = Vector512.Load(left);
            s00 = Vector512.FusedMultiplyAdd(x, r0, s00);
            s01 = Vector512.FusedMultiplyAdd(x, r1, s01);
            s02 = Vector512.FusedMultiplyAdd(x, r2, s02);
            s03 = Vector512.FusedMultiplyAdd(x, r3, s03);
            x = Vector512.Load(left + Width);
            s10 = Vector512.FusedMultiplyAdd(x, r0, s10);
            s11 = Vector512.FusedMultiplyAdd(x, r1, s11);
            s12 = Vector512.FusedMultiplyAdd(x, r2, s12);
            s13 = Vector512.FusedMultiplyAdd(x, r3, s13);
            x = Vector512.Load(left + 2 * Width);
            s20 = Vector512.FusedMultiplyAdd(x, r0, s20);
            s21 = Vector512.FusedMultiplyAdd(x, r1, s21);
            s22 = Vector512.FusedMultiplyAdd(x, r2, s22);
            s23 = Vector512.FusedMultiplyAdd(x, r3, s23);
            x = Vector512.Load(left + 3 * Width);
            s30 = Vector512.FusedMultiplyAdd(x, r0, s30);
            s31 = Vector512.FusedMultiplyAdd(x, r1, s31);
            s32 = Vector512.FusedMultiplyAdd(x, r2, s32);
            s33 = Vector512.FusedMultiplyAdd(x, r3, s33);
        }

        Finish(in tile, 0, s00, s01, s02, s03);
        Finish(in tile, 1, s10, s11, s12, s13);
        Finish(in tile, 2, s20, s21, s22, s23);
        Finish(in tile, 3, s30, s31, s32, s33);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void RunRow(in TileOperands operands)
    {
        TileOperands tile = operands; // a copy that stays in registers while results are stored
        float* left = tile.Left, right = tile.Right;
        nint leftStride = tile.LeftStride, rightStride = tile.RightStride;
        int panels = tile.Panels;
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
        for (int panel = 0; panel < panels; panel++, left += leftStride, right += rightStride)
        {
            Vector512<float> x = Vector512.Load(left);
            s0 = Vector512.FusedMultiplyAdd(x, Vector512.Load(right), s0);
            s1 = Vector512.FusedMultiplyAdd(x, Vector512.Load(right + Width), s1);
            s2 = Vector512.FusedMultiplyAdd(x, Vector512.Load(right + 2 * Width), s2);
            s3 = Vector512.FusedMultiplyAdd(x, Vector512.Load(right + 3 * Width), s3);
        }

        Finish(in tile, 0, s0, s1, s2, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(
        in TileOperands tile, int row, Vector512<float> s0, Vector512<float> s1, Vector512<float> s2, Vector512<float> s3)
    {
        float* target = tile.Target + row * Width;
        Vector128<float> sums = Vector128.Create(AddLanes(s0), AddLanes(s1), AddLanes(s2), AddLanes(s3)) + tile.Shift;
        if (tile.Accumulate)
        {
            sums = Vector128.Load(target) + sums;
        }

        sums.Store(target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float AddLanes(Vector512<float> lanes)
    {
        Vector256<float> eight = lanes.GetLower() + lanes.GetUpper();
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        Vector128<float> two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return (two + Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }
}
