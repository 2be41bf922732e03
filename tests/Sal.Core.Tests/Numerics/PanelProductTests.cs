using System.Runtime.Intrinsics;
using Sal.Core.Numerics;
using Sal.Core.Tests.Plain;

namespace Sal.Core.Tests.Numerics;

[TestClass]
public class PanelProductTests
{
    public static IEnumerable<object[]> Shapes =>
        from rows in new[] { 1, 2, 8, 9, 31 }
        from depth in new[] { 1, 7, 16, 33, 100 }
        from columns in new[] { 1, 16, 17, 37, 130, 256 }
        select new object[] { rows, depth, columns };

    [TestMethod]
    [DynamicData(nameof(Shapes))]
    public void Multiply_is_bitwise_one_fused_multiply_add_per_term(int rows, int depth, int columns)
    {
        PanelMatrix left = PlainMatrix.Random(rows, depth, 1), right = PlainMatrix.Random(depth, columns, 2),
            bias = PlainMatrix.RandomVector(columns, 3);
        var result = new PanelMatrix(rows, columns);
        var sink = new LinearSink(result, bias);

        PanelProduct.Multiply(left, right, Interval.First(rows), result.AllPanels, ref sink);

        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                float sum = bias[0, column];
                for (int k = 0; k < depth; k++)
                {
                    sum = MathF.FusedMultiplyAdd(left[row, k], right[k, column], sum);
                }

                Assert.AreEqual(sum, result[row, column], $"[{row},{column}]");
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Shapes))]
    public void MultiplyTransposed_is_bitwise_one_fused_multiply_add_per_term(int rows, int depth, int columns)
    {
        PanelMatrix left = PlainMatrix.Random(rows + 1, depth, 1), right = PlainMatrix.Random(rows + 1, columns, 2);
        var result = new PanelMatrix(depth + 1, columns); // one extra row, whose padding must not change
        var sink = new LinearSink(result);

        PanelProduct.MultiplyTransposed(left, right, Interval.First(rows + 1), result.AllPanels, ref sink);

        for (int k = 0; k < depth; k++)
        {
            for (int column = 0; column < columns; column++)
            {
                float sum = 0;
                for (int row = 0; row <= rows; row++)
                {
                    sum = MathF.FusedMultiplyAdd(left[row, k], right[row, column], sum);
                }

                Assert.AreEqual(sum, result[k, column], $"[{k},{column}]");
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Shapes))]
    public void RightTransposed_agrees_with_the_plain_product(int rows, int depth, int columns)
    {
        PanelMatrix left = PlainMatrix.Random(rows, columns, 1), right = PlainMatrix.Random(depth, columns, 2),
            bias = PlainMatrix.RandomVector(depth, 3);
        PanelMatrix result = PlainMatrix.Random(rows, depth, 4);
        double[][] expected = PlainMatrix.Multiply(PlainMatrix.From(left), PlainMatrix.Transpose(PlainMatrix.From(right)));
        double[][] start = PlainMatrix.From(result);
        for (int row = 0; row < rows; row++)
        {
            for (int n = 0; n < depth; n++)
            {
                expected[row][n] += bias[0, n] + start[row][n];
            }
        }

        RightTransposedProduct.Multiply(left, right, bias, Interval.First(rows), result, accumulate: true);

        PlainMatrix.AssertClose(expected, PlainMatrix.From(result), 1e-5, "A Bᵀ");
    }

    [TestMethod]
    public void A_row_alone_gives_the_same_bits_as_in_a_batch()
    {
        PanelMatrix left = PlainMatrix.Random(19, 75, 1), right = PlainMatrix.Random(75, 150, 2), readout = PlainMatrix.Random(7, 75, 3);
        var result = new PanelMatrix(19, 150);
        var readouts = new PanelMatrix(19, 7);
        var sink = new LinearSink(result);
        PanelProduct.Multiply(left, right, Interval.First(19), result.AllPanels, ref sink);
        RightTransposedProduct.Multiply(left, readout, null, Interval.First(19), readouts, accumulate: false);
        for (int row = 0; row < 19; row++)
        {
            PanelMatrix alone = PanelMatrix.Vector(75);
            var values = new float[150];
            left.CopyRowTo(row, values.AsSpan(0, 75));
            alone.SetRow(0, values.AsSpan(0, 75));
            PanelMatrix aloneResult = PanelMatrix.Vector(150);
            PanelMatrix aloneReadouts = PanelMatrix.Vector(7);
            var aloneSink = new LinearSink(aloneResult);

            PanelProduct.Multiply(alone, right, Interval.First(1), aloneResult.AllPanels, ref aloneSink);
            RightTransposedProduct.Multiply(alone, readout, null, Interval.First(1), aloneReadouts, accumulate: false);

            result.CopyRowTo(row, values);
            CollectionAssert.AreEqual(values, aloneResult.Storage[..150].ToArray());
            readouts.CopyRowTo(row, values.AsSpan(0, 7));
            CollectionAssert.AreEqual(values[..7], aloneReadouts.Storage[..7].ToArray());
        }
    }

    [TestMethod]
    public void Computing_in_parts_gives_the_same_bits_as_computing_at_once()
    {
        PanelMatrix left = PlainMatrix.Random(32, 40, 1), right = PlainMatrix.Random(40, 100, 2);
        var whole = new PanelMatrix(32, 100);
        var parts = new PanelMatrix(32, 100);
        var wholeSink = new LinearSink(whole);
        PanelProduct.Multiply(left, right, Interval.First(32), Interval.First(7), ref wholeSink);
        var sink = new LinearSink(parts);
        foreach ((int rowStart, int rowEnd) in new[] { (0, 8), (8, 32) })
        {
            foreach ((int panelStart, int panelEnd) in new[] { (0, 1), (1, 4), (4, 7) })
            {
                PanelProduct.Multiply(left, right, new Interval(rowStart, rowEnd), new Interval(panelStart, panelEnd), ref sink);
            }
        }

        Assert.IsTrue(whole.Storage.SequenceEqual(parts.Storage));
    }

    [TestMethod]
    public void SumRows_adds_up_columns()
    {
        PanelMatrix matrix = PlainMatrix.Random(24, 37, 1);
        PanelMatrix result = PanelMatrix.Vector(37);
        var sink = new LinearSink(result);
        PanelProduct.SumRows(matrix, new Interval(8, 24), matrix.AllPanels, ref sink);
        for (int column = 0; column < 37; column++)
        {
            double expected = Enumerable.Range(8, 16).Sum(row => (double)matrix[row, column]);
            Assert.AreEqual(expected, result[0, column], 1e-5);
        }
    }

    [TestMethod]
    public unsafe void Storage_is_aligned_to_cache_lines_and_indexed_by_panels()
    {
        var matrix = new PanelMatrix(9, 20);
        Assert.AreEqual(0, (nint)matrix.Pointer % 64);
        Assert.AreEqual(16, matrix.RowCapacity);
        Assert.AreEqual(2, matrix.PanelCount);
        matrix[8, 17] = 3;
        Assert.AreEqual(3f, matrix.Storage[(16 + 8) * 16 + 1]);
        Assert.AreEqual(3f, Vector512.Load(matrix.Line(1, 8))[1]);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => matrix[9, 0]);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => matrix[0, 20]);
    }
}
