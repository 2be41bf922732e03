using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Network;
using Sal.Core.Numerics;

namespace Sal.Core.Onnx;

/// <summary>
/// Describes a model as ONNX nodes. The rows of a batch are grouped by area, each group passes through the small dense network of its area,
/// and the results are finally put back in the order of the batch. The work per row is therefore independent of the number of areas. Groups
/// may be empty.
/// </summary>
/// <remarks>Shapes in comments: N rows in the batch, n of them in one area; d features, H units, C classes, K areas.</remarks>
internal sealed class SalOnnxGraph(SalModel model, IOnnxGraph graph)
{
    private readonly NetworkShape _shape = model.Network.Shape;

    /// <summary>Adds the model's nodes.</summary>
    /// <param name="features">N x d, raw.</param>
    /// <returns>N x C, probabilities.</returns>
    public string AddScores(string features)
    {
        OnnxSize.Check(_shape);
        string input = AddInputEncoding(features);
        return AddSoftmax(_shape.NumberOfAreas == 1
            ? AddLayers(0, _shape.NumberOfLayers, 0, (input, AddReadoutBias(0))).Logits
            : AddRoutedLayers(input));
    }

    /// <summary>Adds the computation of <see cref="InputEncoding"/>.</summary>
    private string AddInputEncoding(string features)
    {
        IReadOnlyList<SalInput> inputs = model.GetInputEncoding();
        if (inputs.Count != model.FeatureCount || inputs.Index().Any(pair => pair.Index != pair.Item.Feature))
        {
            string sources = graph.AddTensor("sources", [.. inputs.Select(input => (long)input.Feature)], inputs.Count);
            features = graph.AddNode("Gather", [features, sources], "gathered", ("axis", 1)); // N x inputs
        }

        string isMissing = graph.AddNode("IsNaN", [features], "is_missing");
        string scaled = inputs.All(input => input.Start == 0)
            ? features
            : graph.AddNode("Sub", [features, AddVector("start", [.. inputs.Select(input => input.Start)])], "centered");
        scaled = graph.AddNode("Mul", [scaled, AddVector("slope", [.. inputs.Select(input => input.Slope)])], "scaled");

        // An infinite value times a slope of 0 is NaN, which stands for 0.
        string isUndefined = graph.AddNode("IsNaN", [scaled], "is_undefined");
        string filled = graph.AddNode("Where", [isUndefined, graph.AddTensor("zero", [0f]), scaled], "filled");
        string raised = graph.AddNode("Max", [filled, AddVector("low", [.. inputs.Select(input => input.Low)])], "raised");
        string clipped = graph.AddNode("Min", [raised, AddVector("high", [.. inputs.Select(input => input.High)])], "clipped");
        string missing = AddVector("missing", [.. inputs.Select(input => input.Missing)]);
        return graph.AddNode("Where", [isMissing, missing, clipped], "input");
    }

    /// <summary>Selects the rows of each area and passes them through the layers of that area.</summary>
    private string AddRoutedLayers(string input)
    {
        string scores = graph.AddNode(
            "Gemm", [input, AddMatrix("directions", model.Router.Directions), AddVector("offsets", model.Router.Offsets)], "area_scores");
        string areaOfRow = graph.AddNode("ArgMax", [scores], "area", ("axis", 1), ("keepdims", 0)); // N, the lowest area on a tie
        string areas = graph.AddTensor(
            "areas", [.. Enumerable.Range(0, _shape.NumberOfAreas).Select(area => (long)area)], _shape.NumberOfAreas, 1);
        string members = graph.AddNode("Equal", [areaOfRow, areas], "members"); // K x N

        int routedLayers = _shape.RoutedLayers == RoutedLayers.All ? _shape.NumberOfLayers : 1;
        bool needsHidden = routedLayers < _shape.NumberOfLayers;
        var hidden = new string[_shape.NumberOfAreas];
        var logits = new string[_shape.NumberOfAreas];
        for (int area = 0; area < _shape.NumberOfAreas; area++)
        {
            string index = graph.AddTensor($"index_{area}", [(long)area]);
            string isMember = graph.AddNode("Gather", [members, index], $"is_member_{area}", ("axis", 0)); // N
            string rows = graph.AddNode("Compress", [input, isMember], $"rows_{area}", ("axis", 0)); // n x d
            (hidden[area], logits[area]) = AddLayers(0, routedLayers, area, (rows, AddReadoutBias(area)));
        }

        // From here on the rows are ordered by area, and there are N of them again.
        string result = graph.AddNode("Concat", logits, "grouped_logits", ("axis", 0));
        if (needsHidden)
        {
            string shared = graph.AddNode("Concat", hidden, "grouped_hidden", ("axis", 0));
            result = AddLayers(routedLayers, _shape.NumberOfLayers, 0, (shared, result)).Logits;
        }

        return AddReturnToPlaces(result, members);
    }

    /// <summary>
    /// Adds some layers for the rows of one area. Returns the output of the last one and the running sum of the readouts.
    /// </summary>
    private (string Hidden, string Logits) AddLayers(int first, int end, int area, (string Hidden, string Logits) state)
    {
        for (int layer = first; layer < end; layer++)
        {
            state = AddLayer(layer, area, state.Hidden, state.Logits);
        }

        return state;
    }

    private (string Hidden, string Logits) AddLayer(int layer, int area, string input, string logits)
    {
        AreaParameters parameters = model.Network[layer, area];
        string suffix = _shape.AreaCount(layer) == 1 ? $"{layer}" : $"{layer}_{area}";
        string weights = AddMatrix($"weights_{suffix}", parameters.Weights); // I x H
        string bias = AddMatrix($"bias_{suffix}", parameters.Bias); // 1 x H
        string readout = AddMatrix($"readout_{suffix}", parameters.Readout); // C x H
        string sum = graph.AddNode("Gemm", [input, weights, bias], $"sum_{suffix}"); // n x H
        string hidden = graph.AddNode(_shape.Kernels.OnnxOperator, [sum], $"activation_{suffix}");
        if (_shape.IsResidual(layer))
        {
            hidden = graph.AddNode("Add", [hidden, input], $"hidden_{suffix}");
        }

        return (hidden, graph.AddNode("Gemm", [hidden, readout, logits], $"logits_{suffix}", ("transB", 1))); // n x C
    }

    /// <summary>Puts rows that are ordered by area back in the order of the batch.</summary>
    /// <param name="grouped">N x C.</param>
    /// <param name="members">K x N: whether each row belongs to each area.</param>
    private string AddReturnToPlaces(string grouped, string members)
    {
        string pairs = graph.AddNode("NonZero", [members], "area_row_pairs"); // 2 x N: area and row, area by area
        string pairRows = graph.AddNode("Transpose", [pairs], "row_pairs"); // N x 2
        string places = graph.AddNode("Gather", [pairRows, graph.AddTensor("row_column", [1L], 1)], "places", ("axis", 1)); // N x 1
        string shape = graph.AddNode("Shape", [grouped], "logits_shape");
        string zeros = graph.AddNode("ConstantOfShape", [shape], "zeros"); // N x C
        return graph.AddNode("ScatterND", [zeros, places, grouped], "logits");
    }

    /// <summary>
    /// Adds a softmax that is never NaN: NaN logits count as the lowest finite number, and infinite ones are clipped to finite numbers.
    /// </summary>
    private string AddSoftmax(string logits) =>
        graph.AddNode("Softmax", [AddFinite(logits, -float.MaxValue, float.MaxValue, "finite_logits")], "Score", ("axis", 1));

    /// <summary>Replaces NaN by <paramref name="substitute"/> and clips all other values to [-bound, bound].</summary>
    private string AddFinite(string values, float substitute, float bound, string output)
    {
        string isMissing = graph.AddNode("IsNaN", [values], $"{output}_is_missing");
        string filled = graph.AddNode(
            "Where", [isMissing, graph.AddTensor($"{output}_substitute", [substitute]), values], $"{output}_filled");
        return graph.AddNode(
            "Clip", [filled, graph.AddTensor($"{output}_minimum", [-bound]), graph.AddTensor($"{output}_maximum", [bound])], output);
    }

    /// <summary>Adds the start value of the running sum of the readouts: the sum of all readout biases.</summary>
    private string AddReadoutBias(int area)
    {
        var sum = new float[_shape.ClassCount];
        for (int layer = 0; layer < _shape.NumberOfLayers; layer++)
        {
            PanelMatrix bias = model.Network[layer, area].ReadoutBias;
            for (int c = 0; c < sum.Length; c++)
            {
                sum[c] += bias[0, c];
            }
        }

        return AddVector($"readout_bias_{area}", sum);
    }

    private string AddVector(string name, float[] values) => graph.AddTensor(name, values, values.Length);

    private string AddMatrix(string name, PanelMatrix matrix)
    {
        var values = new float[matrix.Rows * matrix.Columns];
        for (int row = 0; row < matrix.Rows; row++)
        {
            matrix.CopyRowTo(row, values.AsSpan(row * matrix.Columns, matrix.Columns));
        }

        return graph.AddTensor(name, values, matrix.Rows, matrix.Columns);
    }
}
