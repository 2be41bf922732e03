using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Pipeline;

/// <summary>Loading delimited text.</summary>
[TestClass]
public sealed class TextLoaderTests : IDisposable
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Attributes_tell_the_fields()
    {
        IDataView data = Load<Row>("1,2.5,a\n3,4.5,b\n");

        CollectionAssert.AreEqual(new[] { "A: Single", "B: Single", "C: String" }, data.Schema.Select(column => column.ToString()).ToArray());
        AssertRows(data, (1, 2.5f, "a"), (3, 4.5f, "b"));
        Assert.IsNull(data.GetRowCount());
    }

    [TestMethod]
    public void A_range_of_fields_is_a_vector()
    {
        IDataView data = Load<VectorRow>("1,2,3,a\n4,5,6,b\n7\n");

        Assert.AreEqual("Features: Vector<Single, 3>", data.Schema[0].ToString());
        float[][] features = [.. data.GetColumn<float[]>("Features")];
        CollectionAssert.AreEqual(new float[] { 4, 5, 6 }, features[1]);
        CollectionAssert.AreEqual(new float[] { 7, 0, 0 }, features[2]);
        CollectionAssert.AreEqual(new[] { "a", "b", "" }, data.GetColumn<string>("Label").ToArray());
    }

    [TestMethod]
    public void A_header_is_skipped() => AssertRows(Load<Row>("x,y,z\n1,2,a\n", hasHeader: true), (1, 2, "a"));

    [TestMethod]
    public void Line_ends_and_empty_lines_do_not_matter() => AssertRows(Load<Row>("1,2,a\r\n\r\n3,4,b"), (1, 2, "a"), (3, 4, "b"));

    [TestMethod]
    public void Missing_numbers_are_0_and_what_is_no_number_is_NaN() =>
        AssertRows(
            Load<Row>("1,,\n,4.5,b\n?,NA,?\nabc,4x,NaN\n1\n1,2,c,d,e\n1e3,+5,f\n"),
            (1, 0, ""), (0, 4.5f, "b"), (float.NaN, float.NaN, "?"), (float.NaN, float.NaN, "NaN"), (1, 0, ""), (1, 2, "c"), (1000, 5, "f"));

    [TestMethod]
    public void Missing_numbers_can_be_NaN_instead() =>
        AssertRows(
            _mlContext.Data.LoadFromTextFile<Row>(File("1,,x\n,5,y\n"), new TextLoader.Options { Separators = [','], MissingRealsAsNaNs = true }),
            (1, float.NaN, "x"), (float.NaN, 5, "y"));

    [TestMethod]
    public void Quotes_hold_separators_and_doubled_quotes_if_allowed()
    {
        AssertRows(
            Load<Row>("1,2.5,\"a,b\"\n\"3\",4.5,\"say \"\"hi\"\"\"\n5,6,x\"y\"\n7,8, \"z\" \n9,10,\"\"\n", allowQuoting: true),
            (1, 2.5f, "a,b"), (3, 4.5f, "say \"hi\""), (5, 6, "x\"y\""), (7, 8, "z"), (9, 10, ""));
        AssertRows(Load<Row>("1,2.5,\"a,b\"\n"), (1, 2.5f, "\"a"));
    }

    [TestMethod]
    public void A_quoted_field_can_go_over_lines_if_allowed() =>
        AssertRows(
            _mlContext.Data.LoadFromTextFile<Row>(File("1,2,\"a\nb\"\n3,4,c\n"), new TextLoader.Options { Separators = [','], AllowQuoting = true, ReadMultilines = true }),
            (1, 2, "a\nb"), (3, 4, "c"));

    [TestMethod]
    public void White_space_before_a_field_is_dropped_and_that_behind_it_if_asked_for()
    {
        AssertRows(Load<Row>("1, 2.5 , a b \n"), (1, 2.5f, "a b "));
        AssertRows(Load<Row>("1, 2.5 , a b \n", trimWhitespace: true), (1, 2.5f, "a b"));
    }

    [TestMethod]
    public void Comments_are_skipped() => AssertRows(Load<Row>("#x\n//y\n1,2,a\n//z\n3,4,b\n"), (1, 2, "a"), (3, 4, "b"));

    [TestMethod]
    public void Columns_can_be_listed()
    {
        IDataView data = _mlContext.Data.LoadFromTextFile(
            File("1;2;3;x\n4;5;6;y\n"),
            [
                new TextLoader.Column("Label", DataKind.String, 3),
                new TextLoader.Column("Features", DataKind.Single, 0, 2),
                new TextLoader.Column("Ends", DataKind.Double, [new TextLoader.Range(2), new TextLoader.Range(0)]),
            ],
            separatorChar: ';');

        CollectionAssert.AreEqual(new[] { "Label: String", "Features: Vector<Single, 3>", "Ends: Vector<Double, 2>" }, data.Schema.Select(column => column.ToString()).ToArray());
        CollectionAssert.AreEqual(new double[] { 6, 4 }, data.GetColumn<double[]>("Ends").Last());
    }

    [TestMethod]
    public void Options_give_several_separators_and_a_limit_of_rows()
    {
        IDataView data = _mlContext.Data.LoadFromTextFile(
            File("1;2 3\n4;5 6\n7;8 9\n"),
            new TextLoader.Options { Separators = [';', ' '], MaxRows = 2, Columns = [new TextLoader.Column("A", DataKind.Single, 0, 2)] });

        Assert.AreEqual(2, data.GetColumn<float[]>("A").Count());
        CollectionAssert.AreEqual(new float[] { 4, 5, 6 }, data.GetColumn<float[]>("A").Last());
    }

    [TestMethod]
    public void Keys_in_text_count_from_0()
    {
        IDataView data = _mlContext.Data.LoadFromTextFile(
            File("1\n0\n4\n5\n?\n"), [new TextLoader.Column("Key", DataKind.UInt32, [new TextLoader.Range(0)], new KeyCount(5))]);

        Assert.AreEqual("Key: Key<UInt32, 0-4>", data.Schema[0].ToString());
        CollectionAssert.AreEqual(new uint[] { 2, 1, 5, 0, 0 }, data.GetColumn<uint>("Key").ToArray());
    }

    [TestMethod]
    public void Booleans_and_integers_have_no_missing_value()
    {
        TextLoader.Column[] columns = [new("Flag", DataKind.Boolean, 0), new("Count", DataKind.Int32, 1)];
        IDataView data = _mlContext.Data.LoadFromTextFile(File("true,1\nno,-2\n1,\n,3\n"), columns, ',');
        CollectionAssert.AreEqual(new[] { true, false, true, false }, data.GetColumn<bool>("Flag").ToArray());
        CollectionAssert.AreEqual(new[] { 1, -2, 0, 3 }, data.GetColumn<int>("Count").ToArray());

        IDataView bad = _mlContext.Data.LoadFromTextFile(File("true,1\nfalse,1.5\n"), columns, ',');
        string message = Assert.Throws<FormatException>(() => bad.GetColumn<int>("Count").Count()).Message;
        StringAssert.Contains(message, "1.5");
        StringAssert.Contains(message, "line 2");
        StringAssert.Contains(message, "Count");
    }

    [TestMethod]
    public void Several_files_are_read_one_after_the_other()
    {
        TextLoader loader = _mlContext.Data.CreateTextLoader<Row>(',', hasHeader: true);

        AssertRows(loader.Load(File("h,h,h\n1,2,a\n"), File("h,h,h\n3,4,b\n")), (1, 2, "a"), (3, 4, "b"));
    }

    [TestMethod]
    public void What_cannot_be_loaded_is_told()
    {
        StringAssert.Contains(Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Data.LoadFromTextFile<Row>(_folder.File("nothing.csv"))).Message, "nothing.csv");
        StringAssert.Contains(Assert.Throws<InvalidOperationException>(() => Load<Bare>("1\n")).Message, "'Number'");
        Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Data.LoadFromTextFile<Row>(File("1\n"), '"'));
    }

    private static void AssertRows(IDataView data, params (float A, float B, string C)[] expected) =>
        CollectionAssert.AreEqual(expected, data.GetColumn<float>("A").Zip(data.GetColumn<float>("B"), data.GetColumn<string>("C")).ToArray());

    private IDataView Load<T>(string text, bool hasHeader = false, bool allowQuoting = false, bool trimWhitespace = false) =>
        _mlContext.Data.LoadFromTextFile<T>(File(text), ',', hasHeader, allowQuoting, trimWhitespace);

    private string File(string text)
    {
        string path = _folder.File($"{Guid.NewGuid():N}.csv");
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private sealed class Row
    {
        [LoadColumn(0)]
        public float A { get; set; }

        [LoadColumn(1)]
        public float B { get; set; }

        [LoadColumn(2)]
        public string C { get; set; } = "";
    }

    private sealed class VectorRow
    {
        [LoadColumn(0, 2)]
        [ColumnName("Features")]
        public float[] Numbers { get; set; } = [];

        [LoadColumn(3)]
        public string Label { get; set; } = "";
    }

    private sealed class Bare
    {
        public float Number { get; set; }
    }
}
