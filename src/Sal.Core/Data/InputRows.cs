using Sal.Core.Numerics;

namespace Sal.Core.Data;

/// <summary>What a layer or the router reads, rows x inputs: dense, or sparse for the first layer of a network with sparse input.</summary>
internal sealed class InputRows
{
    private readonly SparseRows? _sparse;
    private readonly List<SparseColumns> _groups = []; // the columns of each group of sparse rows
    private float[]? _features; // a sparse row on its way to dense rows

    /// <summary>Rows for the first layer, to be filled.</summary>
    /// <param name="rows">Rows at most; one makes a vector.</param>
    public InputRows(int featureCount, int rows, bool isSparse)
    {
        if (isSparse)
        {
            _sparse = new SparseRows();
        }
        else
        {
            Dense = rows == 1 ? PanelMatrix.Vector(featureCount) : new PanelMatrix(rows, featureCount);
        }
    }

    /// <summary>The output of a layer, as the next one's input.</summary>
    public InputRows(PanelMatrix dense) => Dense = dense;

    /// <summary>The rows, where they are dense.</summary>
    public PanelMatrix? Dense { get; }

    /// <summary>Starts to fill the rows anew.</summary>
    public void Clear() => _sparse?.Clear();

    /// <summary>Sets a row of the set, transformed. Sparse rows must be set in ascending order.</summary>
    public void Set(int row, TrainingSet set, int setRow, InputTransform transform)
    {
        if (set.IsSparse)
        {
            Set(row, set.Indices(setRow), set.Values(setRow), transform);
        }
        else
        {
            Set(row, set.Features(setRow), transform);
        }
    }

    /// <summary>Sets a row of dense features, transformed.</summary>
    public void Set(int row, ReadOnlySpan<float> features, InputTransform transform)
    {
        if (_sparse is null)
        {
            transform.Apply(features, Dense!, row);
            return;
        }

        _sparse.PadTo(row);
        transform.Apply(features, _sparse);
    }

    /// <summary>Sets a row of sparse features, transformed.</summary>
    public void Set(int row, ReadOnlySpan<int> indices, ReadOnlySpan<float> values, InputTransform transform)
    {
        if (_sparse is not null)
        {
            _sparse.PadTo(row);
            transform.Apply(indices, values, _sparse);
            return;
        }

        _features ??= new float[transform.FeatureCount];
        Array.Clear(_features);
        for (int i = 0; i < indices.Length; i++)
        {
            _features[indices[i]] = values[i];
        }

        transform.Apply(_features, Dense!, row);
    }

    /// <summary>Makes a row zeros.</summary>
    public void SetZeros(int row)
    {
        _sparse?.PadTo(row + 1);
        Dense?.ClearRow(row);
    }

    /// <summary>Adds a row to a sum, one for each column.</summary>
    public void AddRowTo(int row, double[] sum)
    {
        if (_sparse is null)
        {
            for (int column = 0; column < sum.Length; column++)
            {
                sum[column] += Dense![row, column];
            }

            return;
        }

        ReadOnlySpan<int> indices = _sparse.Indices(row);
        ReadOnlySpan<float> values = _sparse.Values(row);
        for (int i = 0; i < indices.Length; i++)
        {
            sum[indices[i]] += values[i];
        }
    }

    /// <summary>The squared length of a row.</summary>
    public double SquaredNorm(int row)
    {
        double sum = 0;
        if (_sparse is null)
        {
            for (int column = 0; column < Dense!.Columns; column++)
            {
                sum += (double)Dense[row, column] * Dense[row, column];
            }

            return sum;
        }

        foreach (float value in _sparse.Values(row))
        {
            sum += (double)value * value;
        }

        return sum;
    }

    /// <summary>Prepares <see cref="MultiplyTransposed"/> for a group of rows.</summary>
    public void PrepareGroup(int group, int rowStart, int rowEnd)
    {
        if (_sparse is null)
        {
            return;
        }

        while (_groups.Count <= group)
        {
            _groups.Add(new SparseColumns());
        }

        _groups[group].Fill(_sparse, rowStart, rowEnd);
    }

    /// <inheritdoc cref="PanelProduct.Multiply"/>
    public void Multiply<TSink>(PanelMatrix right, int rowStart, int rowEnd, PanelMatrix result, ref TSink sink)
        where TSink : struct, IProductSink
    {
        if (_sparse is null)
        {
            PanelProduct.Multiply(Dense!, right, rowStart, rowEnd, 0, right.PanelCount, result.RowCapacity, ref sink);
        }
        else
        {
            _sparse.PadTo(rowEnd);
            SparseProduct.Multiply(_sparse, right, rowStart, rowEnd, 0, right.PanelCount, result.RowCapacity, ref sink);
        }
    }

    /// <inheritdoc cref="PanelProduct.MultiplyTransposed"/>
    /// <param name="group">The rows' group, as prepared.</param>
    public void MultiplyTransposed<TSink>(
        int group, PanelMatrix right, int rowStart, int rowEnd, int panelStart, int panelEnd, PanelMatrix result, ref TSink sink)
        where TSink : struct, IProductSink
    {
        if (_sparse is null)
        {
            PanelProduct.MultiplyTransposed(Dense!, right, rowStart, rowEnd, panelStart, panelEnd, result.RowCapacity, ref sink);
        }
        else
        {
            SparseProduct.MultiplyTransposed(_groups[group], right, panelStart, panelEnd, result, ref sink);
        }
    }
}
