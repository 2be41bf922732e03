using Sal.Core.Numerics;

namespace Sal.Core.Data;

/// <summary>An encoded row that explanations start from. Only the inputs that are not 0 are stored.</summary>
/// <param name="indices">The inputs that are not 0, ascending.</param>
/// <param name="values">Their values.</param>
internal sealed class BaselineRow(int[] indices, float[] values)
{
    public ReadOnlySpan<int> Indices => indices;

    public ReadOnlySpan<float> Values => values;

    /// <summary>Creates a row from all its inputs.</summary>
    public static BaselineRow From(IReadOnlyList<float> inputs)
    {
        int[] indices = [.. Enumerable.Range(0, inputs.Count).Where(input => inputs[input] != 0)];
        return new BaselineRow(indices, [.. indices.Select(input => inputs[input])]);
    }

    /// <summary>
    /// Creates the typical row: each feature has the value that stands for a missing one, which is the median (the mean with
    /// <c>InputScaling.Common</c>), and none is missing.
    /// </summary>
    public static BaselineRow Typical(InputEncoding encoding) => From(
        [.. Enumerable.Range(0, encoding.InputCount).Select(input => encoding[input] is { Slope: not 0 } scaled ? scaled.Missing : 0)]);

    /// <summary>Computes y W + b.</summary>
    /// <param name="weights">W, inputs x units.</param>
    /// <param name="bias">b, 1 x units.</param>
    /// <returns>1 x units.</returns>
    public PanelMatrix Multiply(PanelMatrix weights, PanelMatrix bias)
    {
        PanelMatrix result = PanelMatrix.Vector(bias.Columns);
        var sink = new LinearSink(result, bias);
        ToOperand(weights).Multiply(weights, Interval.First(1), ref sink);
        return result;
    }

    private LayerInput ToOperand(PanelMatrix weights)
    {
        if (weights.IsRowMajor)
        {
            var sparse = new SparseRows();
            sparse.StartRow();
            for (int i = 0; i < indices.Length; i++)
            {
                sparse.Add(indices[i], values[i]);
            }

            return new LayerInput(sparse);
        }

        PanelMatrix dense = PanelMatrix.Vector(weights.Rows);
        for (int i = 0; i < indices.Length; i++)
        {
            dense[0, indices[i]] = values[i];
        }

        return new LayerInput(dense);
    }
}
