using Sal.Core.Model;

namespace Sal.Core.Onnx;

/// <summary>The ONNX file of a model, a ModelProto with the input Features and the outputs Score and PredictedLabel.</summary>
internal static class OnnxModelFile
{
    private const int IrVersion = 7; // of ONNX 1.7, like the operator set
    private const int OperatorSet = 12;

    public static void Write(SalModel model, Stream stream)
    {
        var graph = new OnnxGraph();
        graph.AddInput("Features", model.FeatureCount);
        string score = model.AddTo(graph, "Features");
        string label = graph.AddNode("ArgMax", [score], "PredictedLabel", ("axis", 1), ("keepdims", 0));
        graph.AddOutput(score, OnnxTensor.Float, model.ClassCount);
        graph.AddOutput(label, OnnxTensor.Int64, columns: null);

        ProtobufMessage file = new ProtobufMessage()
            .Add(field: 1, IrVersion)
            .Add(field: 2, "Sal.Core")
            .Add(field: 7, graph.ToMessage("SAL"))
            .Add(field: 8, new ProtobufMessage().Add(field: 1, "").Add(field: 2, OperatorSet));
        OnnxSize.Check(file.Length);
        file.WriteTo(stream);
    }
}
