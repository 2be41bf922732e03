namespace Sal.Core.Numerics;

/// <summary>
/// The left operand in the products of a layer or the router, rows x inputs: dense, or sparse for the first layer of a network with sparse
/// input.
/// </summary>
internal sealed class LayerInput
{
    private readonly List<SparseColumns> _groups = []; // the columns of each group of sparse rows

    /// <summary>Creates an operand of dense rows: transformed features or the output of a layer.</summary>
    public LayerInput(PanelMatrix dense) => Dense = dense;

    /// <summary>Creates an operand of sparse rows.</summary>
    public LayerInput(SparseRows sparse) => Sparse = sparse;

    /// <summary>Gets the rows if they are dense.</summary>
    public PanelMatrix? Dense { get; }

    /// <summary>Gets the rows if they are sparse.</summary>
    public SparseRows? Sparse { get; }

    /// <summary>Prepares <see cref="MultiplyTransposed"/> for a group of rows.</summary>
    public void PrepareGroup(int group, Interval rows)
    {
        if (Sparse is null)
        {
            return;
        }

        while (_groups.Count <= group)
        {
            _groups.Add(new SparseColumns());
        }

        _groups[group].Fill(Sparse, rows);
    }

    /// <inheritdoc cref="PanelProduct.Multiply"/>
    public void Multiply<TSink>(PanelMatrix right, Interval rows, ref TSink sink)
        where TSink : struct, IProductSink
    {
        if (Sparse is null)
        {
            PanelProduct.Multiply(Dense!, right, rows, right.AllPanels, ref sink);
        }
        else
        {
            Sparse.PadTo(rows.End);
            SparseProduct.Multiply(Sparse, right, rows, right.AllPanels, ref sink);
        }
    }

    /// <inheritdoc cref="PanelProduct.MultiplyTransposed"/>
    /// <param name="group">The group of the rows, as passed to <see cref="PrepareGroup"/>.</param>
    public void MultiplyTransposed<TSink>(int group, PanelMatrix right, Interval rows, Interval panels, ref TSink sink)
        where TSink : struct, IProductSink
    {
        if (Sparse is null)
        {
            PanelProduct.MultiplyTransposed(Dense!, right, rows, panels, ref sink);
        }
        else
        {
            SparseProduct.MultiplyTransposed(_groups[group], right, panels, ref sink);
        }
    }

    /// <summary>Adds a row to a sum with one element per input.</summary>
    public void AddRowTo(int row, double[] sum)
    {
        if (Sparse is null)
        {
            for (int column = 0; column < sum.Length; column++)
            {
                sum[column] += Dense![row, column];
            }

            return;
        }

        ReadOnlySpan<int> indices = Sparse.Indices(row);
        ReadOnlySpan<float> values = Sparse.Values(row);
        for (int i = 0; i < indices.Length; i++)
        {
            sum[indices[i]] += values[i];
        }
    }

    /// <summary>Computes the squared norm of a row.</summary>
    public double SquaredNorm(int row)
    {
        double sum = 0;
        if (Sparse is null)
        {
            for (int column = 0; column < Dense!.Columns; column++)
            {
                sum += (double)Dense[row, column] * Dense[row, column];
            }

            return sum;
        }

        foreach (float value in Sparse.Values(row))
        {
            sum += (double)value * value;
        }

        return sum;
    }
}
