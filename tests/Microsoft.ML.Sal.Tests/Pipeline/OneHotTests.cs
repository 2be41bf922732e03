using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using OutputKind = Microsoft.ML.Transforms.OneHotEncodingEstimator.OutputKind;

namespace Microsoft.ML.Sal.Tests.Pipeline;

/// <summary>OneHotEncoding.</summary>
[TestClass]
public class OneHotTests
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly IDataView _data;

    public OneHotTests() => _data = _mlContext.Data.LoadFromEnumerable<Row>(
    [
        new() { Text = "b", Pair = ["x", "y"] }, new() { Text = "a", Pair = ["y", "y"] }, new() { Text = "b", Pair = ["", "x"] }, new() { Text = "", Pair = ["x", "x"] },
    ]);

    [TestMethod]
    public void A_category_is_a_slot_and_a_missing_one_none()
    {
        IDataView encoded = Encode("Text");

        AssertVectors(encoded, [1, 0], [0, 1], [1, 0], [0, 0]);
        Assert.AreEqual("Vector<Single, 2>", encoded.Schema["Encoded"].Type.ToString());
        CollectionAssert.AreEqual(new[] { "b", "a" }, SlotNames(encoded.Schema["Encoded"]));
        Assert.IsTrue(encoded.Schema["Encoded"].IsNormalized());
    }

    [TestMethod]
    public void Categories_of_a_vector_stand_side_by_side_or_are_counted()
    {
        IDataView indicators = Encode("Pair");
        AssertVectors(indicators, [1, 0, 0, 1], [0, 1, 0, 1], [0, 0, 1, 0], [1, 0, 1, 0]);
        CollectionAssert.AreEqual(new[] { "[0].x", "[0].y", "[1].x", "[1].y" }, SlotNames(indicators.Schema["Encoded"]));

        IDataView counts = Encode("Pair", OutputKind.Bag);
        AssertVectors(counts, [1, 1], [0, 2], [1, 0], [2, 0]);
        CollectionAssert.AreEqual(new[] { "x", "y" }, SlotNames(counts.Schema["Encoded"]));
    }

    [TestMethod]
    public void Keys_can_be_had_instead() =>
        CollectionAssert.AreEqual(new uint[] { 1, 2, 1, 0 }, Encode("Text", OutputKind.Key).GetColumn<uint>("Encoded").ToArray());

    [TestMethod]
    public void Categories_can_be_sorted_and_limited()
    {
        var sorted = _mlContext.Transforms.Categorical.OneHotEncoding("Encoded", "Text", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue);
        AssertVectors(sorted.Fit(_data).Transform(_data), [0, 1], [1, 0], [0, 1], [0, 0]);

        var limited = _mlContext.Transforms.Categorical.OneHotEncoding("Encoded", "Text", maximumNumberOfKeys: 1);
        AssertVectors(limited.Fit(_data).Transform(_data), [1], [0], [1], [0]);
    }

    [TestMethod]
    public void Indicators_are_concatenated_with_their_names()
    {
        var pipeline = _mlContext.Transforms.Categorical.OneHotEncoding([new InputOutputColumnPair("Encoded", "Text"), new InputOutputColumnPair("Pair")])
            .Append(_mlContext.Transforms.Concatenate("Features", "Encoded", "Pair"));

        IDataView encoded = pipeline.Fit(_data).Transform(_data);

        CollectionAssert.AreEqual(new float[] { 1, 0, 1, 0, 0, 1 }, encoded.GetColumn<float[]>("Features").First());
        CollectionAssert.AreEqual(
            new[] { "Encoded.b", "Encoded.a", "Pair.[0].x", "Pair.[0].y", "Pair.[1].x", "Pair.[1].y" }, SlotNames(encoded.Schema["Features"]));
    }

    private static string[] SlotNames(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static void AssertVectors(IDataView data, params float[][] expected)
    {
        float[][] actual = [.. data.GetColumn<float[]>("Encoded")];
        Assert.AreEqual(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            CollectionAssert.AreEqual(expected[i], actual[i]);
        }
    }

    private IDataView Encode(string column, OutputKind kind = OutputKind.Indicator) =>
        _mlContext.Transforms.Categorical.OneHotEncoding("Encoded", column, kind).Fit(_data).Transform(_data);

    private sealed class Row
    {
        public string Text { get; set; } = "";

        [VectorType(2)]
        public string[] Pair { get; set; } = [];
    }
}
