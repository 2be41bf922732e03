using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Sal.Tests;

/// <summary>The rows of one input of an ONNX model.</summary>
/// <param name="RowCount">The number of rows.</param>
/// <param name="Rows">Makes the tensor of so many rows from a start.</param>
internal sealed record OnnxColumn(int RowCount, Func<int, int, NamedOnnxValue> Rows)
{
    /// <param name="name">The name of the input.</param>
    /// <param name="rowShape">The dimensions per row.</param>
    /// <param name="values">The elements, row by row.</param>
    public static OnnxColumn Of<T>(string name, int[] rowShape, T[] values)
    {
        int size = rowShape.Aggregate(1, (product, dimension) => product * dimension);
        return new(
            values.Length / size,
            (start, count) => NamedOnnxValue.CreateFromTensor(
                name, new DenseTensor<T>(values.AsMemory(start * size, count * size), [count, .. rowShape])));
    }
}
