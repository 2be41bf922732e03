using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Sal.Core.Model;
using Sal.Core.Network;
using Sal.Core.Onnx;

namespace Sal.Core.Tests.Onnx;

/// <summary>
/// The contents of the file, as reported by ONNX Runtime or read field by field, with the field numbers of ONNX's messages.
/// </summary>
[TestClass]
public class OnnxStructureTests
{
    private static readonly TrainedModels Letters = TrainedModels.LetterLike(520);

    [TestMethod]
    public void The_file_states_versions_inputs_and_outputs()
    {
        byte[] bytes = TrainedModels.Onnx(Train(areas: 4));
        var file = new OnnxMessage(bytes);
        Assert.AreEqual(7, file.Number(1), "IR version");
        Assert.AreEqual("", file.Message(8).Text(1), "operators of the default domain");
        Assert.AreEqual(12, file.Message(8).Number(2), "operator set");
        using var scorer = new OnnxScorer(bytes);
        InferenceSession session = scorer.Session;
        Assert.AreEqual("Sal.Core", session.ModelMetadata.ProducerName);
        CollectionAssert.AreEqual(new[] { "Features: Float [batch, 16]" }, Describe(session.InputNames, session.InputMetadata));
        CollectionAssert.AreEqual(
            new[] { "Score: Float [batch, 26]", "PredictedLabel: Int64 [batch]" }, Describe(session.OutputNames, session.OutputMetadata));
    }

    [TestMethod]
    public void One_area_needs_no_routing()
    {
        string[] operations = [.. Nodes(Train(areas: 1)).Select(node => node.Text(4))];
        CollectionAssert.AreEqual(
            "IsNaN Sub Mul IsNaN Where Max Min Where Gemm Relu Gemm Gemm Relu Gemm IsNaN Where Clip Softmax ArgMax".Split(' '), operations);
    }

    [TestMethod]
    [DataRow(RoutedLayers.All, 5 * 2 * 2)]
    [DataRow(RoutedLayers.FirstOnly, (5 + 1) * 2)]
    public void Every_area_has_its_own_products_on_its_own_rows(RoutedLayers routed, int products)
    {
        OnnxMessage[] nodes = Nodes(Train(areas: 5, routed));
        Assert.AreEqual(5, nodes.Count(node => node.Text(4) == "Compress"));
        Assert.AreEqual(1, nodes.Count(node => node.Text(4) == "ScatterND"));
        Assert.AreEqual(products + 1, nodes.Count(node => node.Text(4) == "Gemm"), "the products of the layers and that of the router");
        HashSet<string> selections = [.. nodes.Where(node => node.Text(4) == "Compress").Select(node => node.Text(2))];
        Assert.AreEqual(5, nodes.Count(node => node.Text(4) == "Gemm" && selections.Contains(node.Texts(1)[0])));
        Assert.AreEqual(
            1, nodes.Count(node => node.Text(4) == "Gemm" && node.Texts(1)[0] == "input"), "only the router multiplies every row");
    }

    [TestMethod]
    [DataRow(1, RoutedLayers.All, ActivationKind.ReLU, false)]
    [DataRow(3, RoutedLayers.All, ActivationKind.Tanh, true)]
    [DataRow(3, RoutedLayers.FirstOnly, ActivationKind.ReLU, true)]
    public void Names_are_unique_and_defined_before_their_use(int areas, RoutedLayers routed, ActivationKind activation, bool residual)
    {
        OnnxMessage graph = new OnnxMessage(TrainedModels.Onnx(Train(areas, routed, activation, residual))).Message(7);
        HashSet<string> defined = [.. graph.Messages(11).Select(input => input.Text(1))];
        foreach (OnnxMessage tensor in graph.Messages(5))
        {
            Assert.IsTrue(defined.Add(tensor.Text(8)), tensor.Text(8));
            long elements = tensor.Numbers(1).Aggregate(1L, (product, dimension) => product * dimension);
            Assert.HasCount((int)(elements * (tensor.Number(2) == 7 ? 8 : 4)), tensor.Bytes(9), tensor.Text(8));
        }

        foreach (OnnxMessage node in graph.Messages(1))
        {
            Assert.IsTrue(defined.IsSupersetOf(node.Texts(1)), node.Text(3));
            Assert.IsTrue(defined.Add(node.Text(2)), node.Text(3));
        }

        Assert.IsTrue(defined.IsSupersetOf(graph.Messages(12).Select(output => output.Text(1))));
        HashSet<string> used =
            [.. graph.Messages(1).SelectMany(node => node.Texts(1)), .. graph.Messages(12).Select(output => output.Text(1))];
        Assert.AreEqual("", string.Join(' ', defined.Except(used)), "defined, but not used");
    }

    [TestMethod]
    public void Tensors_hold_the_parameters_of_the_model()
    {
        SalModel model = Train(areas: 2);
        OnnxMessage[] tensors = new OnnxMessage(TrainedModels.Onnx(model)).Message(7).Messages(5);
        float[] weights = Floats(tensors.Single(tensor => tensor.Text(8) == "weights_0_1"));
        Assert.AreEqual(model.Network[0, 1].Weights[3, 5], weights[3 * model.HiddenUnits + 5]);
        CollectionAssert.AreEqual(
            model.GetInputEncoding().Select(input => input.Start).ToArray(), Floats(tensors.Single(tensor => tensor.Text(8) == "start")));
    }

    [TestMethod]
    public void The_same_model_gives_the_same_bytes_and_leaves_the_stream_open()
    {
        SalModel model = Train(areas: 2);
        CollectionAssert.AreEqual(TrainedModels.Onnx(model), TrainedModels.Onnx(model));
        using var stream = new MemoryStream();
        model.SaveOnnx(stream);
        stream.WriteByte(1);
    }

    [TestMethod]
    public void A_model_too_large_for_the_format_is_refused()
    {
        NetworkShape shape = Train(areas: 1).Network.Shape with { HiddenUnits = 1 << 14, NumberOfAreas = 16 };
        var exception = Assert.ThrowsExactly<NotSupportedException>(() => OnnxSize.Check(shape));
        StringAssert.Contains(exception.Message, "cannot be exported to ONNX");
        StringAssert.Contains(exception.Message, "SalModel.Save");
    }

    private static SalModel Train(
        int areas, RoutedLayers routed = RoutedLayers.All, ActivationKind activation = ActivationKind.ReLU, bool residual = false) =>
        Letters.Train(options =>
        {
            (options.NumberOfAreas, options.RoutedLayers) = (areas, routed);
            (options.Activation, options.Residual) = (activation, residual);
            (options.HiddenUnits, options.NumberOfLayers) = (24, 2);
        });

    private static OnnxMessage[] Nodes(SalModel model) => new OnnxMessage(TrainedModels.Onnx(model)).Message(7).Messages(1);

    private static float[] Floats(OnnxMessage tensor) => MemoryMarshal.Cast<byte, float>(tensor.Bytes(9)).ToArray();

    // "name: element type [dimensions]", where a dimension is a number or a name
    private static string[] Describe(IEnumerable<string> names, IReadOnlyDictionary<string, NodeMetadata> metadata) =>
    [
        .. names.Select(name =>
        {
            NodeMetadata value = metadata[name];
            IEnumerable<string> dimensions = value.Dimensions.Zip(
                value.SymbolicDimensions, (size, symbol) => symbol.Length > 0 ? symbol : $"{size}");
            return $"{name}: {value.ElementDataType} [{string.Join(", ", dimensions)}]";
        }),
    ];
}
