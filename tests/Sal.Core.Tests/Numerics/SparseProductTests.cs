using Sal.Core.Numerics;
using Sal.Core.Tests.Plain;

namespace Sal.Core.Tests.Numerics;

/// <summary>Sparse products are bitwise identical to the dense ones.</summary>
[TestClass]
public class SparseProductTests
{
    private const int Rows = 24, Depth = 70;

    [TestMethod]
    [DataRow(10)]
    [DataRow(37)]
    [DataRow(160)]
    public void Sparse_products_are_bitwise_those_of_the_dense_matrix(int columns)
    {
        (PanelMatrix dense, SparseRows sparse) = Create();
        PanelMatrix right = PlainMatrix.Random(Depth, columns, 2), delta = PlainMatrix.Random(Rows, columns, 3);
        PanelMatrix rightByRows = PanelMatrix.RowMajor(Depth, columns);
        var values = new float[columns];
        for (int k = 0; k < Depth; k++)
        {
            right.CopyRowTo(k, values);
            rightByRows.SetRow(k, values);
        }

        var expected = new PanelMatrix(Rows, columns);
        var actual = new PanelMatrix(Rows, columns);
        var expectedSink = new LinearSink(expected);
        var actualSink = new LinearSink(actual);
        PanelProduct.Multiply(dense, right, Interval.First(Rows), expected.AllPanels, ref expectedSink);
        SparseProduct.Multiply(sparse, rightByRows, Interval.First(Rows), actual.AllPanels, ref actualSink);
        Assert.IsTrue(expected.Storage.SequenceEqual(actual.Storage));

        var gradient = new PanelMatrix(Depth, columns);
        PanelMatrix sparseGradient = PanelMatrix.RowMajor(Depth, columns);
        var gradientSink = new LinearSink(gradient);
        var sparseSink = new LinearSink(sparseGradient);
        var byColumns = new SparseColumns();
        byColumns.Fill(sparse, new Interval(8, Rows));
        PanelProduct.MultiplyTransposed(dense, delta, new Interval(8, Rows), delta.AllPanels, ref gradientSink);
        SparseProduct.MultiplyTransposed(byColumns, delta, delta.AllPanels, ref sparseSink);
        for (int k = 0; k < Depth; k++)
        {
            for (int column = 0; column < columns; column++)
            {
                Assert.AreEqual(gradient[k, column], sparseGradient[k, column], $"[{k},{column}]");
            }
        }
    }

    [TestMethod]
    public void Row_major_storage_is_indexed_by_rows()
    {
        PanelMatrix matrix = PanelMatrix.RowMajor(3, 20);
        matrix[1, 17] = 5;
        Assert.AreEqual(5f, matrix.Storage[32 + 17]);
        PanelMatrix copy = matrix.Clone();
        Assert.IsTrue(copy.IsRowMajor);
        Assert.AreEqual(5f, copy[1, 17]);
    }

    private static (PanelMatrix, SparseRows) Create()
    {
        var random = new Random(1);
        var dense = new PanelMatrix(Rows, Depth);
        var sparse = new SparseRows();
        for (int row = 0; row < Rows; row++)
        {
            sparse.StartRow();
            for (int k = 0; row != 5 && k < Depth; k++) // row 5 is empty
            {
                if (random.Next(10) == 0)
                {
                    dense[row, k] = random.NextSingle() - 0.5f;
                    sparse.Add(k, dense[row, k]);
                }
            }
        }

        return (dense, sparse);
    }
}
