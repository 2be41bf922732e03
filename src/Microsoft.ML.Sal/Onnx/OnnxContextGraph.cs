using Microsoft.ML.Model.OnnxConverter;
using Sal.Core.Onnx;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Adapts ML.NET's ONNX file under construction to the engine's graph.</summary>
internal sealed class OnnxContextGraph(OnnxContext context) : IOnnxGraph
{
    private const string DefaultDomain = "";

    public string AddTensor(string name, float[] values, params ReadOnlySpan<int> shape) => shape.IsEmpty
        ? context.AddInitializer(values[0], Variable(name))
        : context.AddInitializer(values, Dimensions(shape), Variable(name));

    public string AddTensor(string name, long[] values, params ReadOnlySpan<int> shape) => shape.IsEmpty
        ? context.AddInitializer(values[0], Variable(name))
        : context.AddInitializer(values, Dimensions(shape), Variable(name));

    public string AddNode(
        string operation, ReadOnlySpan<string> inputs, string output, params ReadOnlySpan<(string Name, long Value)> attributes)
    {
        // A variable without a declared type: the runtime infers it.
        output = context.AddIntermediateVariable(null, Variable(output), skip: true);
        OnnxNode node = CreateNode(operation, inputs, output);
        foreach ((string name, long value) in attributes)
        {
            node.AddAttribute(name, value);
        }

        return output;
    }

    /// <summary>Adds a node whose output is a variable that the context already has.</summary>
    public OnnxNode CreateNode(string operation, ReadOnlySpan<string> inputs, string output) =>
        context.CreateNode(operation, inputs.ToArray(), [output], context.GetNodeName(operation), DefaultDomain);

    // The context keeps variables under the names of columns; the prefix keeps ours apart from the pipeline's.
    private static string Variable(string name) => $"Sal.{name}";

    private static long[] Dimensions(ReadOnlySpan<int> shape)
    {
        var dimensions = new long[shape.Length];
        for (int i = 0; i < shape.Length; i++)
        {
            dimensions[i] = shape[i];
        }

        return dimensions;
    }
}
