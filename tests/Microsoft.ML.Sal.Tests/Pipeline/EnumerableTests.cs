using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Pipeline;

/// <summary>Objects to rows and back.</summary>
[TestClass]
public class EnumerableTests
{
    private static readonly Row[] _rows =
    [
        new() { Text = "b", Number = 1, Vector = [1, 2], Key = 1, Flag = true },
        new() { Text = null, Number = float.NaN, Vector = [-4, 5], Key = 0, Flag = false },
        new() { Text = "a", Number = 3, Vector = [0, 6], Key = 3, Flag = true },
    ];

    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void Members_become_columns()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(_rows);

        CollectionAssert.AreEqual(
            new[] { "Text: String", "Number: Single", "Vector: Vector<Single, 2>", "Key: Key<UInt32, 0-2>", "Flag: Boolean", "Renamed: Int32" },
            data.Schema.Select(column => column.ToString()).ToArray());
        Assert.AreEqual(3, data.GetRowCount());
        CollectionAssert.AreEqual(new[] { "b", "", "a" }, data.GetColumn<string>("Text").ToArray());
        CollectionAssert.AreEqual(new[] { 1, float.NaN, 3 }, data.GetColumn<float>("Number").ToArray());
        CollectionAssert.AreEqual(new float[] { -4, 5 }, data.GetColumn<float[]>("Vector").ElementAt(1));
        CollectionAssert.AreEqual(new[] { true, false, true }, data.GetColumn<bool>("Flag").ToArray());
    }

    [TestMethod]
    public void Objects_count_keys_from_0_and_columns_from_1_with_0_for_missing() =>
        CollectionAssert.AreEqual(new uint[] { 2, 1, 0 }, _mlContext.Data.LoadFromEnumerable(_rows).GetColumn<uint>("Key").ToArray());

    [TestMethod]
    public void A_lazy_sequence_has_no_known_number_of_rows_and_is_read_anew_each_time()
    {
        int made = 0;
        IDataView data = _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(i => new Narrow { Number = made++ }));

        Assert.IsNull(data.GetRowCount());
        CollectionAssert.AreEqual(new float[] { 0, 1, 2 }, data.GetColumn<float>("Number").ToArray());
        CollectionAssert.AreEqual(new float[] { 3, 4, 5 }, data.GetColumn<float>("Number").ToArray());
    }

    [TestMethod]
    public void Rows_become_objects()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(_rows);

        Row[] back = [.. _mlContext.Data.CreateEnumerable<Row>(data, reuseRowObject: false)];

        CollectionAssert.AreEqual(new[] { "b", "", "a" }, back.Select(row => row.Text).ToArray());
        CollectionAssert.AreEqual(new float[] { 0, 6 }, back[2].Vector);
        CollectionAssert.AreEqual(new uint[] { 2, 1, 0 }, back.Select(row => row.Key).ToArray());
        List<Narrow> reused = [.. _mlContext.Data.CreateEnumerable<Narrow>(data, reuseRowObject: true)];
        Assert.AreSame(reused[0], reused[1]);
    }

    [TestMethod]
    public void Columns_that_an_object_wants_must_be_there_unless_ignored()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(_rows);

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Data.CreateEnumerable<Wider>(data, reuseRowObject: false).Count());
        StringAssert.Contains(error.Message, "'Missing'");
        Assert.AreEqual("kept", _mlContext.Data.CreateEnumerable<Wider>(data, reuseRowObject: false, ignoreMissingColumns: true).First().Missing);
        Assert.Throws<InvalidOperationException>(() => _mlContext.Data.CreateEnumerable<OtherType>(data, reuseRowObject: false).Count());
    }

    [TestMethod]
    public void A_column_is_read_as_its_type_only()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(_rows);

        Assert.Throws<ArgumentOutOfRangeException>(() => data.GetColumn<double>("Number"));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.GetColumn<string>("Number"));
        StringAssert.Contains(Assert.Throws<ArgumentOutOfRangeException>(() => data.GetColumn<float>("Zed")).Message, "'Zed'");
    }

    [TestMethod]
    public void A_schema_definition_tells_what_the_class_does_not()
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(Unsized));
        Assert.AreEqual("Vector<Single>", definition["Vector"].ColumnType.ToString());
        definition["Vector"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3);
        definition["Vector"].ColumnName = "Features";

        IDataView data = _mlContext.Data.LoadFromEnumerable([new Unsized { Vector = [1, 2, 3] }], definition);

        Assert.AreEqual("Features: Vector<Single, 3>", data.Schema.Single().ToString());
        CollectionAssert.AreEqual(new float[] { 1, 2, 3 }, data.GetColumn<float[]>("Features").Single());
    }

    [TestMethod]
    public void A_schema_can_be_given_too()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Vector", new VectorDataViewType(NumberDataViewType.Single, 2));

        IDataView data = _mlContext.Data.LoadFromEnumerable([new Unsized { Vector = [1, 2] }], schema.ToSchema());

        Assert.AreEqual("Vector: Vector<Single, 2>", data.Schema.Single().ToString());
    }

    [TestMethod]
    public void Sparse_vectors_stay_sparse()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable([new SparseRow { Vector = new VBuffer<float>(4, 1, [5], [2]) }]);

        VBuffer<float> vector = data.GetColumn<VBuffer<float>>("Vector").Single();

        Assert.IsFalse(vector.IsDense);
        CollectionAssert.AreEqual(new float[] { 0, 0, 5, 0 }, vector.DenseValues().ToArray());
    }

    [TestMethod]
    public void Members_without_a_column_type_are_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Data.LoadFromEnumerable([new Untyped()]));
        StringAssert.Contains(error.Message, "Anything");
    }

    private sealed class Row
    {
        public string? Text { get; set; }

        public float Number { get; set; }

        [VectorType(2)]
        public float[] Vector { get; set; } = [];

        [KeyType(3)]
        public uint Key { get; set; }

        public bool Flag { get; set; }

        [NoColumn]
        public object? NoColumn { get; set; }

        [ColumnName("Renamed")]
        public int Other { get; set; }
    }

    private sealed class Narrow
    {
        public float Number { get; set; }
    }

    private sealed class Wider
    {
        public float Number { get; set; }

        public string Missing { get; set; } = "kept";
    }

    private sealed class OtherType
    {
        public string Number { get; set; } = "";
    }

    private sealed class Unsized
    {
        public float[] Vector { get; set; } = [];
    }

    private sealed class SparseRow
    {
        [VectorType(4)]
        public VBuffer<float> Vector { get; set; }
    }

    private sealed class Untyped
    {
        public object? Anything { get; set; }
    }
}
