using Microsoft.ML.Model.OnnxConverter;
using Sal.Core.Model;
using Sal.Core.Onnx;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Adds a model to the ONNX file of a pipeline.</summary>
internal static class OnnxExport
{
    /// <summary>
    /// Checks that the columns in front of the model are in the file. ML.NET leaves out the last transform without an ONNX form and all
    /// those in front of it, and only logs a warning: a column that one of them creates is then missing, or silently replaced by the input
    /// of the same name.
    /// </summary>
    /// <param name="context">The file under construction.</param>
    /// <param name="schema">The columns in front of the model.</param>
    /// <param name="featureColumn">The name of the feature column.</param>
    /// <exception cref="NotSupportedException">A column is not in the file.</exception>
    public static void CheckColumns(OnnxContext context, DataViewSchema schema, string featureColumn)
    {
        if (!context.ContainsColumn(featureColumn))
        {
            throw new NotSupportedException(
                $"The model cannot be exported to ONNX: a transform that the feature column '{featureColumn}' comes from has no ONNX form. "
                + "Export the model alone with Model.SaveOnnx, or use other transforms.");
        }

        // Columns that hide others of the same name, A, become the variables A0, A1, ...
        foreach ((string name, int count) in schema.CountBy(column => column.Name))
        {
            if (count > 1 && !context.IsVariableDefined($"{name}{count - 2}"))
            {
                throw new NotSupportedException(
                    $"The model cannot be exported to ONNX: a transform that replaces the column '{name}' has no ONNX form. "
                    + "Export the model alone with Model.SaveOnnx, use other transforms, or, where the features do not need that column, "
                    + "give it another name.");
            }
        }
    }

    /// <summary>Adds the model to the file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="context">The file under construction.</param>
    /// <param name="features">The variable of the features.</param>
    /// <param name="predictedLabel">The output variable of the predicted label: keys (uint32, rows x 1), which count from 1.</param>
    /// <param name="score">The output variable of the scores: float, rows x classes.</param>
    /// <exception cref="NotSupportedException">The model is larger than the 2 GiB of an ONNX file.</exception>
    public static void Save(SalModel model, OnnxContext context, string features, string predictedLabel, string score)
    {
        context.CheckOpSetVersion(IOnnxGraph.MinimumOperatorSet, SalMulticlassModelParameters.LoaderSignature);
        var graph = new OnnxContextGraph(context);
        // A column such as an image has more than one dimension per row, and OneHotHashEncoding's has one more than ML.NET declares.
        string flat = graph.AddNode("Flatten", [features], "flat_features", ("axis", 1));
        string probabilities = model.AddTo(graph, flat);
        graph.CreateNode("Identity", [probabilities], score);
        string label = graph.AddNode("ArgMax", [probabilities], "class", ("axis", 1), ("keepdims", 1));
        string key = graph.AddNode("Add", [label, graph.AddTensor("first_key", [1L])], "key");
        graph.CreateNode("Cast", [key], predictedLabel).AddAttribute("to", typeof(uint));
    }
}
