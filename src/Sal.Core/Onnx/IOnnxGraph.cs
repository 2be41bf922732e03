namespace Sal.Core.Onnx;

/// <summary>
/// An ONNX graph under construction, of operator set <see cref="MinimumOperatorSet"/> or later. <see cref="Model.SalModel.AddTo"/> describes a model once, for every writer of ONNX files that implements this.
/// </summary>
public interface IOnnxGraph
{
    /// <summary>The lowest operator set that has every operator used, with inputs as used.</summary>
    const int MinimumOperatorSet = 11;

    /// <summary>Adds a constant tensor of <see cref="float"/>.</summary>
    /// <param name="name">The name it should have.</param>
    /// <param name="values">Its elements, row by row. The caller does not change them afterwards.</param>
    /// <param name="shape">Its dimensions, none for a scalar.</param>
    /// <returns>The name it got, which differs where the graph has the name already.</returns>
    string AddTensor(string name, float[] values, params ReadOnlySpan<int> shape);

    /// <summary>Adds a constant tensor of <see cref="long"/>.</summary>
    /// <param name="name">The name it should have.</param>
    /// <param name="values">Its elements, row by row. The caller does not change them afterwards.</param>
    /// <param name="shape">Its dimensions, none for a scalar.</param>
    /// <returns>The name it got, which differs where the graph has the name already.</returns>
    string AddTensor(string name, long[] values, params ReadOnlySpan<int> shape);

    /// <summary>Adds a node with one output to the end of the graph.</summary>
    /// <param name="operation">An operator of the default domain.</param>
    /// <param name="inputs">The names of its inputs.</param>
    /// <param name="output">The name its output should have.</param>
    /// <param name="attributes">Its attributes, all of them integers.</param>
    /// <returns>The name its output got, which differs where the graph has the name already.</returns>
    string AddNode(string operation, ReadOnlySpan<string> inputs, string output, params ReadOnlySpan<(string Name, long Value)> attributes);
}
