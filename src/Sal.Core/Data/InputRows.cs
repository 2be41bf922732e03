using Sal.Core.Numerics;

namespace Sal.Core.Data;

/// <summary>
/// The rows on their way into a network: transforms their features and holds them as the operand of the first layer and the router.
/// </summary>
internal sealed class InputRows
{
    private readonly InputTransform _transform;
    private float[]? _features; // a sparse row before it is transformed into a dense one

    /// <param name="transform">The transform of the features.</param>
    /// <param name="rows">The row capacity; a capacity of 1 creates a vector.</param>
    /// <param name="isSparse">Whether the network reads sparse rows.</param>
    public InputRows(InputTransform transform, int rows, bool isSparse)
    {
        _transform = transform;
        int features = transform.FeatureCount;
        Operand = isSparse
            ? new LayerInput(new SparseRows())
            : new LayerInput(rows == 1 ? PanelMatrix.Vector(features) : new PanelMatrix(rows, features));
    }

    /// <summary>Gets the rows, transformed: rows x features.</summary>
    public LayerInput Operand { get; }

    /// <summary>Gets whether rows may be set in any order and in parallel; otherwise they must be set in ascending order.</summary>
    public bool HasIndependentRows => Operand.Sparse is null;

    /// <summary>Prepares the rows to be filled again.</summary>
    public void Clear() => Operand.Sparse?.Clear();

    /// <summary>Sets a row to the transformed features.</summary>
    public void Set(int row, in FeatureVector features)
    {
        if (Operand.Sparse is { } sparse)
        {
            sparse.PadTo(row);
            _transform.Apply(in features, sparse);
        }
        else if (features.IsDense)
        {
            _transform.Apply(features.Values, Operand.Dense!, row);
        }
        else
        {
            _features ??= new float[_transform.FeatureCount];
            features.CopyTo(_features);
            _transform.Apply(_features, Operand.Dense!, row);
        }
    }

    /// <summary>Sets a row to zeros.</summary>
    public void SetZeros(int row)
    {
        Operand.Sparse?.PadTo(row + 1);
        Operand.Dense?.ClearRow(row);
    }
}
