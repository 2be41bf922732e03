using Sal.Core.Numerics;

namespace Sal.Core.Data;

/// <summary>
/// The rows on their way into a network: encodes their features and holds them as the operand of the first layer and the router.
/// </summary>
internal sealed class InputRows
{
    private readonly InputEncoding _encoding;
    private float[]? _features; // a sparse row before it is encoded as a dense one

    /// <param name="encoding">The encoding of the features.</param>
    /// <param name="rows">The row capacity; a capacity of 1 creates a vector.</param>
    /// <param name="isSparse">Whether the network reads sparse rows.</param>
    public InputRows(InputEncoding encoding, int rows, bool isSparse)
    {
        _encoding = encoding;
        int inputs = encoding.InputCount;
        Operand = isSparse
            ? new LayerInput(new SparseRows())
            : new LayerInput(rows == 1 ? PanelMatrix.Vector(inputs) : new PanelMatrix(rows, inputs));
    }

    /// <summary>Gets the encoded rows: rows x inputs.</summary>
    public LayerInput Operand { get; }

    /// <summary>Gets whether rows may be set in any order and in parallel; otherwise they must be set in ascending order.</summary>
    public bool HasIndependentRows => Operand.Sparse is null;

    /// <summary>Prepares the rows to be filled again.</summary>
    public void Clear() => Operand.Sparse?.Clear();

    /// <summary>Sets a row to the encoded features.</summary>
    public void Set(int row, in FeatureVector features)
    {
        if (Operand.Sparse is { } sparse)
        {
            sparse.PadTo(row);
            _encoding.Apply(in features, sparse);
        }
        else if (features.IsDense)
        {
            _encoding.Apply(features.Values, Operand.Dense!, row);
        }
        else
        {
            _features ??= new float[_encoding.FeatureCount];
            features.CopyTo(_features);
            _encoding.Apply(_features, Operand.Dense!, row);
        }
    }

    /// <summary>Sets a row to zeros.</summary>
    public void SetZeros(int row)
    {
        Operand.Sparse?.PadTo(row + 1);
        Operand.Dense?.ClearRow(row);
    }
}
