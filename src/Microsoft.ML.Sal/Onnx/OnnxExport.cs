using Microsoft.ML.Model.OnnxConverter;
using Sal.Core.Model;
using Sal.Core.Onnx;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>A model as part of the ONNX file of a pipeline.</summary>
internal static class OnnxExport
{
    /// <summary>Adds the model to the file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="context">The file under construction.</param>
    /// <param name="features">The variable of the features.</param>
    /// <param name="predictedLabel">The variable of the predicted label, to be written: keys (uint32, rows x 1), which count from 1.</param>
    /// <param name="score">The variable of the scores, to be written: float, rows x classes.</param>
    /// <exception cref="NotSupportedException">The model is larger than the 2 GiB of an ONNX file.</exception>
    public static void Save(SalModel model, OnnxContext context, string features, string predictedLabel, string score)
    {
        context.CheckOpSetVersion(IOnnxGraph.MinimumOperatorSet, SalMulticlassModelParameters.LoaderSignature);
        var graph = new OnnxContextGraph(context);
        if (context.RetrieveShapeOrNull(features) is not { Count: 2 })
        {
            // A vector column of several dimensions, such as an image, is a tensor of as many more.
            features = graph.AddNode("Flatten", [features], "flat_features", ("axis", 1));
        }

        string probabilities = model.AddTo(graph, features);
        graph.CreateNode("Identity", [probabilities], score);
        string label = graph.AddNode("ArgMax", [probabilities], "class", ("axis", 1), ("keepdims", 1));
        string key = graph.AddNode("Add", [label, graph.AddTensor("first_key", [1L])], "key");
        graph.CreateNode("Cast", [key], predictedLabel).AddAttribute("to", typeof(uint));
    }
}
