using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Pipeline;

/// <summary>Concatenate, CopyColumns, SelectColumns, DropColumns and ConvertType.</summary>
[TestClass]
public class ColumnTests
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly IDataView _data;

    public ColumnTests() => _data = _mlContext.Data.LoadFromEnumerable<Row>(
    [
        new() { A = 1, V = [2, 3], Integer = 7, Text = "1.5", Flag = true }, new() { A = float.NaN, V = [0, 0], Integer = -7, Text = "x", Flag = false },
    ]);

    [TestMethod]
    public void Scalars_and_vectors_are_joined_in_order()
    {
        IDataView joined = Apply(_mlContext.Transforms.Concatenate("Features", "A", "V", "A"));

        Assert.AreEqual("Vector<Single, 4>", joined.Schema["Features"].Type.ToString());
        float[][] features = [.. joined.GetColumn<float[]>("Features")];
        CollectionAssert.AreEqual(new float[] { 1, 2, 3, 1 }, features[0]);
        CollectionAssert.AreEqual(new[] { float.NaN, 0, 0, float.NaN }, features[1]);
    }

    [TestMethod]
    public void Scalars_give_their_slots_names()
    {
        CollectionAssert.AreEqual(new[] { "A", "", "", "A" }, SlotNames(Apply(_mlContext.Transforms.Concatenate("Features", "A", "V", "A"))));
        CollectionAssert.AreEqual(
            new[] { "First.A", "", "", "A" },
            SlotNames(Apply(_mlContext.Transforms.Concatenate("First", "A", "V").Append(_mlContext.Transforms.Concatenate("Features", "First", "A")))));
        Assert.IsFalse(Apply(_mlContext.Transforms.Concatenate("Features", "V")).Schema["Features"].HasSlotNames());
        Assert.AreEqual("Vector<Single, 1>", Apply(_mlContext.Transforms.Concatenate("Features", "A")).Schema["Features"].Type.ToString());
    }

    [TestMethod]
    public void Only_columns_of_one_type_can_be_joined()
    {
        var alone = Assert.Throws<ArgumentOutOfRangeException>(() => Apply(_mlContext.Transforms.Concatenate("Features", "A", "Integer")));
        var inChain = Assert.Throws<InvalidOperationException>(
            () => Apply(_mlContext.Transforms.CopyColumns("Copy", "A").Append(_mlContext.Transforms.Concatenate("Features", "A", "Integer"))));

        StringAssert.Contains(alone.Message, "'Integer'");
        StringAssert.Contains(inChain.Message, "'Integer'");
        Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Transforms.Concatenate("Features"));
    }

    [TestMethod]
    public void A_copy_has_type_values_and_annotations()
    {
        IDataView copied = Apply(_mlContext.Transforms.Concatenate("Features", "A").Append(_mlContext.Transforms.CopyColumns("Copy", "Features")));

        CollectionAssert.AreEqual(new float[] { 1 }, copied.GetColumn<float[]>("Copy").First());
        Assert.IsTrue(copied.Schema["Copy"].HasSlotNames());
    }

    [TestMethod]
    public void A_new_column_hides_the_old_one_of_its_name_and_stands_behind_it()
    {
        DataViewSchema schema = Apply(_mlContext.Transforms.CopyColumns("A", "Integer")).Schema;

        CollectionAssert.AreEqual(new[] { "A", "A", "V", "Integer", "Text", "Flag" }, schema.Select(column => column.Name).ToArray());
        Assert.IsTrue(schema[0].IsHidden);
        Assert.AreEqual(NumberDataViewType.Int32, schema["A"].Type);
    }

    [TestMethod]
    public void Columns_are_selected_in_the_order_named_and_dropped()
    {
        CollectionAssert.AreEqual(
            new[] { "V", "A" }, Apply(_mlContext.Transforms.SelectColumns("V", "A")).Schema.Select(column => column.Name).ToArray());
        CollectionAssert.AreEqual(
            new[] { "Integer", "Text", "Flag" }, Apply(_mlContext.Transforms.DropColumns("A", "V")).Schema.Select(column => column.Name).ToArray());
        CollectionAssert.AreEqual(new[] { 7, -7 }, Apply(_mlContext.Transforms.DropColumns("A", "V")).GetColumn<int>("Integer").ToArray());
    }

    [TestMethod]
    public void Numbers_booleans_and_text_are_converted()
    {
        CollectionAssert.AreEqual(new float[] { 7, -7 }, Convert("Integer").GetColumn<float>("Converted").ToArray());
        CollectionAssert.AreEqual(new float[] { 1, 0 }, Convert("Flag").GetColumn<float>("Converted").ToArray());
        CollectionAssert.AreEqual(new[] { 1.5f, float.NaN }, Convert("Text").GetColumn<float>("Converted").ToArray());
        CollectionAssert.AreEqual(new[] { 1, double.NaN }, Convert("A", DataKind.Double).GetColumn<double>("Converted").ToArray());
        CollectionAssert.AreEqual(new double[] { 2, 3 }, Convert("V", DataKind.Double).GetColumn<double[]>("Converted").First());
        CollectionAssert.AreEqual(new[] { "7", "-7" }, Convert("Integer", DataKind.String).GetColumn<string>("Converted").ToArray());
        StringAssert.Contains(Assert.Throws<ArgumentOutOfRangeException>(() => Convert("A", DataKind.Int32)).Message, "'A'");
    }

    [TestMethod]
    public void Columns_that_are_not_there_are_named()
    {
        AssertNamesZed(_mlContext.Transforms.Concatenate("New", "A", "Zed"));
        AssertNamesZed(_mlContext.Transforms.CopyColumns("New", "Zed"));
        AssertNamesZed(_mlContext.Transforms.SelectColumns("A", "Zed"));
        AssertNamesZed(_mlContext.Transforms.DropColumns("Zed"));
        AssertNamesZed(_mlContext.Transforms.Conversion.ConvertType("New", "Zed"));
        AssertNamesZed(_mlContext.Transforms.Conversion.MapValueToKey("New", "Zed"));
        AssertNamesZed(_mlContext.Transforms.Conversion.MapKeyToValue("New", "Zed"));
        AssertNamesZed(_mlContext.Transforms.Categorical.OneHotEncoding("New", "Zed"));
        AssertNamesZed(_mlContext.Transforms.NormalizeMinMax("New", "Zed"));
        AssertNamesZed(_mlContext.Transforms.NormalizeMeanVariance("New", "Zed"));
    }

    private static string[] SlotNames(IDataView data)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        data.Schema["Features"].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private void AssertNamesZed(IEstimator<ITransformer> estimator)
    {
        StringAssert.Contains(Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Fit(_data).Transform(_data)).Message, "'Zed'");
        StringAssert.Contains(
            Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Transforms.CopyColumns("Copy", "A").Append(estimator).Fit(_data)).Message, "'Zed'");
    }

    private IDataView Apply(IEstimator<ITransformer> estimator) => estimator.Fit(_data).Transform(_data);

    private IDataView Convert(string column, DataKind kind = DataKind.Single) => Apply(_mlContext.Transforms.Conversion.ConvertType("Converted", column, kind));

    private sealed class Row
    {
        public float A { get; set; }

        [VectorType(2)]
        public float[] V { get; set; } = [];

        public int Integer { get; set; }

        public string Text { get; set; } = "";

        public bool Flag { get; set; }
    }
}
