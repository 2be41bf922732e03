namespace Sal.Core.Onnx;

/// <summary>A GraphProto under construction.</summary>
internal sealed class OnnxGraph : IOnnxGraph
{
    private const int IntAttribute = 2; // AttributeProto.AttributeType

    private readonly HashSet<string> _names = [];
    private readonly ProtobufMessage _nodes = new();
    private readonly ProtobufMessage _tensors = new();
    private readonly ProtobufMessage _inputs = new();
    private readonly ProtobufMessage _outputs = new();
    private int _nodeCount;

    /// <summary>Declares an input of the graph: <see cref="OnnxTensor.Float"/>, batch x columns.</summary>
    public void AddInput(string name, int columns)
    {
        _names.Add(name);
        _inputs.Add(field: 11, ValueInfo(name, OnnxTensor.Float, columns));
    }

    /// <summary>
    /// Declares the output of a node as an output of the graph: batch x columns, or one value per row if <paramref name="columns"/> is
    /// null.
    /// </summary>
    public void AddOutput(string name, int elementType, int? columns) => _outputs.Add(field: 12, ValueInfo(name, elementType, columns));

    public string AddTensor(string name, float[] values, params ReadOnlySpan<int> shape)
    {
        name = MakeUnique(name);
        _tensors.Add(field: 5, OnnxTensor.From(name, values, shape));
        return name;
    }

    public string AddTensor(string name, long[] values, params ReadOnlySpan<int> shape)
    {
        name = MakeUnique(name);
        _tensors.Add(field: 5, OnnxTensor.From(name, values, shape));
        return name;
    }

    public string AddNode(
        string operation, ReadOnlySpan<string> inputs, string output, params ReadOnlySpan<(string Name, long Value)> attributes)
    {
        var node = new ProtobufMessage();
        foreach (string input in inputs)
        {
            node.Add(field: 1, input);
        }

        output = MakeUnique(output);
        node.Add(field: 2, output).Add(field: 3, $"{operation}_{_nodeCount++}").Add(field: 4, operation);
        foreach ((string name, long value) in attributes)
        {
            node.Add(field: 5, new ProtobufMessage().Add(field: 1, name).Add(field: 3, value).Add(field: 20, IntAttribute));
        }

        _nodes.Add(field: 1, node);
        return output;
    }

    public ProtobufMessage ToMessage(string name) =>
        new ProtobufMessage().Append(_nodes).Add(field: 2, name).Append(_tensors).Append(_inputs).Append(_outputs);

    private string MakeUnique(string name)
    {
        string unique = name;
        for (int i = 1; !_names.Add(unique); i++)
        {
            unique = $"{name}.{i}";
        }

        return unique;
    }

    private static ProtobufMessage ValueInfo(string name, int elementType, int? columns)
    {
        ProtobufMessage shape = new ProtobufMessage().Add(field: 1, new ProtobufMessage().Add(field: 2, "batch"));
        if (columns is { } count)
        {
            shape.Add(field: 1, new ProtobufMessage().Add(field: 1, count));
        }

        ProtobufMessage tensorType = new ProtobufMessage().Add(field: 1, elementType).Add(field: 2, shape);
        return new ProtobufMessage().Add(field: 1, name).Add(field: 2, new ProtobufMessage().Add(field: 1, tensorType));
    }
}
