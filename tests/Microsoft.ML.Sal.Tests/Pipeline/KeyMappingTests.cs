using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Sal.Tests.Pipeline;

/// <summary>MapValueToKey, MapKeyToValue and MapKeyToVector.</summary>
[TestClass]
public class KeyMappingTests
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly IDataView _data;

    public KeyMappingTests() => _data = _mlContext.Data.LoadFromEnumerable<Row>(
    [
        new() { Text = "b", Single = 1, Integer = 3, Flag = true, Vector = [1, 2] },
        new() { Text = "a", Single = float.NaN, Integer = 4, Flag = false, Vector = [float.NaN, 2] },
        new() { Text = "b", Single = 3, Integer = 3, Flag = true, Vector = [3, 1] },
        new() { Text = "", Single = -2, Integer = 5, Flag = true, Vector = [1, 1] },
    ]);

    [TestMethod]
    public void Keys_are_counted_by_first_occurrence_and_empty_text_is_missing()
    {
        IDataView mapped = Map("Text");

        CollectionAssert.AreEqual(new uint[] { 1, 2, 1, 0 }, mapped.GetColumn<uint>("Key").ToArray());
        Assert.AreEqual("Key<UInt32, 0-1>", mapped.Schema["Key"].Type.ToString());
        VBuffer<ReadOnlyMemory<char>> values = default;
        mapped.Schema["Key"].GetKeyValues(ref values);
        CollectionAssert.AreEqual(new[] { "b", "a" }, values.DenseValues().Select(value => value.ToString()).ToArray());
        Assert.IsTrue(mapped.Schema["Key"].HasKeyValues());
    }

    [TestMethod]
    public void Keys_can_be_sorted_by_value()
    {
        CollectionAssert.AreEqual(
            new uint[] { 2, 1, 2, 0 },
            Apply(_mlContext.Transforms.Conversion.MapValueToKey("Key", "Text", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)).GetColumn<uint>("Key").ToArray());
        CollectionAssert.AreEqual(
            new uint[] { 2, 0, 3, 1 },
            Apply(_mlContext.Transforms.Conversion.MapValueToKey("Key", "Single", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)).GetColumn<uint>("Key").ToArray());
    }

    [TestMethod]
    public void Numbers_and_booleans_have_keys_too()
    {
        CollectionAssert.AreEqual(new uint[] { 1, 0, 2, 3 }, Map("Single").GetColumn<uint>("Key").ToArray());
        CollectionAssert.AreEqual(new uint[] { 1, 2, 1, 3 }, Map("Integer").GetColumn<uint>("Key").ToArray());
        CollectionAssert.AreEqual(new uint[] { 1, 2, 1, 1 }, Map("Flag").GetColumn<uint>("Key").ToArray());
        VBuffer<int> values = default;
        Map("Integer").Schema["Key"].GetKeyValues(ref values);
        CollectionAssert.AreEqual(new[] { 3, 4, 5 }, values.DenseValues().ToArray());
    }

    [TestMethod]
    public void Vectors_are_mapped_slot_by_slot_with_one_set_of_keys()
    {
        IDataView mapped = Map("Vector");

        Assert.AreEqual("Vector<Key<UInt32, 0-2>, 2>", mapped.Schema["Key"].Type.ToString());
        uint[][] keys = [.. mapped.GetColumn<uint[]>("Key")];
        CollectionAssert.AreEqual(new uint[] { 1, 2 }, keys[0]);
        CollectionAssert.AreEqual(new uint[] { 0, 2 }, keys[1]);
        CollectionAssert.AreEqual(new uint[] { 3, 1 }, keys[2]);
    }

    [TestMethod]
    public void Values_not_learnt_are_missing()
    {
        ITransformer fitted = _mlContext.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(_data);
        IDataView others = _mlContext.Data.LoadFromEnumerable<Row>([new() { Text = "new", Vector = [0, 0] }, new() { Text = "a", Vector = [0, 0] }]);

        CollectionAssert.AreEqual(new uint[] { 0, 2 }, fitted.Transform(others).GetColumn<uint>("Key").ToArray());
    }

    [TestMethod]
    public void The_number_of_keys_can_be_limited() =>
        CollectionAssert.AreEqual(
            new uint[] { 1, 0, 1, 0 }, Apply(_mlContext.Transforms.Conversion.MapValueToKey("Key", "Text", maximumNumberOfKeys: 1)).GetColumn<uint>("Key").ToArray());

    [TestMethod]
    public void Keys_can_be_given()
    {
        IDataView keys = _mlContext.Data.LoadFromEnumerable<KeyData>([new() { Value = "z" }, new() { Value = "a" }, new() { Value = "b" }]);

        IDataView mapped = Apply(_mlContext.Transforms.Conversion.MapValueToKey("Key", "Text", keyData: keys));

        CollectionAssert.AreEqual(new uint[] { 3, 2, 3, 0 }, mapped.GetColumn<uint>("Key").ToArray());
        Assert.AreEqual(3ul, ((KeyDataViewType)mapped.Schema["Key"].Type).Count);
    }

    [TestMethod]
    public void Key_values_can_be_kept_as_text()
    {
        IDataView mapped = Apply(_mlContext.Transforms.Conversion.MapValueToKey("Key", "Single", addKeyValueAnnotationsAsText: true));

        VBuffer<ReadOnlyMemory<char>> values = default;
        mapped.Schema["Key"].GetKeyValues(ref values);
        CollectionAssert.AreEqual(new[] { "1", "3", "-2" }, values.DenseValues().Select(value => value.ToString()).ToArray());
    }

    [TestMethod]
    public void Data_without_rows_gives_a_key_without_values()
    {
        IDataView none = _mlContext.Data.LoadFromEnumerable(Array.Empty<Row>());

        DataViewSchema.Column key = _mlContext.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(none).Transform(none).Schema["Key"];

        Assert.AreEqual("Key<UInt32, 0-0>", key.Type.ToString());
        Assert.IsFalse(key.HasKeyValues());
    }

    [TestMethod]
    public void Values_come_back_from_keys_and_missing_ones_as_missing()
    {
        CollectionAssert.AreEqual(new[] { "b", "a", "b", "" }, Back("Text").GetColumn<string>("Back").ToArray());
        CollectionAssert.AreEqual(new[] { 1, float.NaN, 3, -2 }, Back("Single").GetColumn<float>("Back").ToArray());
        CollectionAssert.AreEqual(new[] { 3, 4, 3, 5 }, Back("Integer").GetColumn<int>("Back").ToArray());
        CollectionAssert.AreEqual(new[] { true, false, true, true }, Back("Flag").GetColumn<bool>("Back").ToArray());
        CollectionAssert.AreEqual(new[] { float.NaN, 2 }, Back("Vector").GetColumn<float[]>("Back").ElementAt(1));
    }

    [TestMethod]
    public void Several_columns_are_mapped_at_once()
    {
        IDataView mapped = Apply(_mlContext.Transforms.Conversion.MapValueToKey([new InputOutputColumnPair("K1", "Text"), new InputOutputColumnPair("Integer")]));

        CollectionAssert.AreEqual(new uint[] { 1, 2, 1, 0 }, mapped.GetColumn<uint>("K1").ToArray());
        CollectionAssert.AreEqual(new uint[] { 1, 2, 1, 3 }, mapped.GetColumn<uint>("Integer").ToArray());
    }

    [TestMethod]
    public void Columns_that_are_no_keys_with_values_cannot_be_mapped_back()
    {
        Assert.Throws<InvalidOperationException>(() => Apply(_mlContext.Transforms.Conversion.MapKeyToValue("Back", "Single")));
        var inChain = Assert.Throws<ArgumentOutOfRangeException>(
            () => Apply(_mlContext.Transforms.CopyColumns("Copy", "Text").Append(_mlContext.Transforms.Conversion.MapKeyToValue("Back", "Single"))));
        StringAssert.Contains(inChain.Message, "'Single'");
    }

    [TestMethod]
    public void Keys_become_indicators_or_counts()
    {
        IDataView keys = Map("Text");
        IDataView indicators = _mlContext.Transforms.Conversion.MapKeyToVector("Indicator", "Key").Fit(keys).Transform(keys);
        float[][] values = [.. indicators.GetColumn<float[]>("Indicator")];
        CollectionAssert.AreEqual(new float[] { 1, 0 }, values[0]);
        CollectionAssert.AreEqual(new float[] { 0, 1 }, values[1]);
        CollectionAssert.AreEqual(new float[] { 0, 0 }, values[3]);
        VBuffer<ReadOnlyMemory<char>> names = default;
        indicators.Schema["Indicator"].GetSlotNames(ref names);
        CollectionAssert.AreEqual(new[] { "b", "a" }, names.DenseValues().Select(name => name.ToString()).ToArray());

        keys = Map("Vector");
        IDataView counts = _mlContext.Transforms.Conversion.MapKeyToVector("Counts", "Key", outputCountVector: true).Fit(keys).Transform(keys);
        CollectionAssert.AreEqual(new float[] { 2, 0, 0 }, counts.GetColumn<float[]>("Counts").Last());
    }

    private IDataView Apply(IEstimator<ITransformer> estimator) => estimator.Fit(_data).Transform(_data);

    private IDataView Map(string column) => Apply(_mlContext.Transforms.Conversion.MapValueToKey("Key", column));

    private IDataView Back(string column) =>
        Apply(_mlContext.Transforms.Conversion.MapValueToKey("Key", column).Append(_mlContext.Transforms.Conversion.MapKeyToValue("Back", "Key")));

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public float Single { get; set; }

        public int Integer { get; set; }

        public bool Flag { get; set; }

        [VectorType(2)]
        public float[] Vector { get; set; } = [];
    }

    private sealed class KeyData
    {
        public string Value { get; set; } = "";
    }
}
