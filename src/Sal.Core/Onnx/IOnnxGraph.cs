namespace Sal.Core.Onnx;

/// <summary>
/// An ONNX graph under construction, with operator set <see cref="MinimumOperatorSet"/> or later. <see cref="Model.SalModel.AddTo"/> adds a
/// model to any implementation, so the same description serves every writer of ONNX files.
/// </summary>
public interface IOnnxGraph
{
    /// <summary>The lowest operator set with all operators of the model, in the form in which they are used.</summary>
    const int MinimumOperatorSet = 11;

    /// <summary>Adds a constant tensor of <see cref="float"/>.</summary>
    /// <param name="name">The preferred name of the tensor.</param>
    /// <param name="values">The elements, row by row. The caller must not change them afterwards.</param>
    /// <param name="shape">The dimensions; empty for a scalar.</param>
    /// <returns>The name of the tensor. It differs from the preferred name if the graph already contains that name.</returns>
    string AddTensor(string name, float[] values, params ReadOnlySpan<int> shape);

    /// <summary>Adds a constant tensor of <see cref="long"/>.</summary>
    /// <param name="name">The preferred name of the tensor.</param>
    /// <param name="values">The elements, row by row. The caller must not change them afterwards.</param>
    /// <param name="shape">The dimensions; empty for a scalar.</param>
    /// <returns>The name of the tensor. It differs from the preferred name if the graph already contains that name.</returns>
    string AddTensor(string name, long[] values, params ReadOnlySpan<int> shape);

    /// <summary>Adds a node with one output to the end of the graph.</summary>
    /// <param name="operation">An operator of the default domain.</param>
    /// <param name="inputs">The names of the inputs.</param>
    /// <param name="output">The preferred name of the output.</param>
    /// <param name="attributes">The attributes, all of them integers.</param>
    /// <returns>The name of the output. It differs from the preferred name if the graph already contains that name.</returns>
    string AddNode(string operation, ReadOnlySpan<string> inputs, string output, params ReadOnlySpan<(string Name, long Value)> attributes);
}
