using System.IO.Compression;
using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Pipeline;

/// <summary>Model.Save and Model.Load.</summary>
[TestClass]
public sealed class ModelFileTests : IDisposable
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly TemporaryFolder _folder = new();
    private readonly IDataView _data;

    public ModelFileTests() => _data = _mlContext.Data.LoadFromEnumerable<Row>(
        [new() { Text = "x", A = 1, B = 2, Integer = 5 }, new() { Text = "y", A = float.NaN, B = 4, Integer = 7 }, new() { Text = "x", A = 4, B = 8, Integer = 5 }]);

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Every_transformer_is_loaded_as_it_was_saved()
    {
        AssertSame(_mlContext.Transforms.Concatenate("New", "A", "B"));
        AssertSame(_mlContext.Transforms.CopyColumns("New", "A"));
        AssertSame(_mlContext.Transforms.SelectColumns("B", "A"));
        AssertSame(_mlContext.Transforms.DropColumns("B"));
        AssertSame(_mlContext.Transforms.Conversion.ConvertType("New", "Integer"));
        AssertSame(_mlContext.Transforms.Conversion.MapValueToKey("New", "Text"));
        AssertSame(_mlContext.Transforms.Conversion.MapValueToKey("New", "Integer"));
        AssertSame(_mlContext.Transforms.Conversion.MapValueToKey("New", "Text").Append(_mlContext.Transforms.Conversion.MapKeyToValue("Back", "New")));
        AssertSame(_mlContext.Transforms.Conversion.MapValueToKey("New", "Text").Append(_mlContext.Transforms.Conversion.MapKeyToVector("Vector", "New")));
        AssertSame(_mlContext.Transforms.Categorical.OneHotEncoding("New", "Text"));
        AssertSame(_mlContext.Transforms.NormalizeMinMax("New", "B"));
        AssertSame(_mlContext.Transforms.NormalizeMeanVariance("New", "B", fixZero: false));
        AssertSame(_mlContext.Transforms.Concatenate("New", "A", "B").AppendCacheCheckpoint(_mlContext).Append(_mlContext.Transforms.NormalizeMeanVariance("New")));
    }

    [TestMethod]
    public void Scopes_are_kept()
    {
        ITransformer loaded = SaveAndLoad(
            _mlContext.Transforms.CopyColumns("C", "A").Append(_mlContext.Transforms.CopyColumns("D", "A"), TransformerScope.Training).Fit(_data), _data.Schema, out _);

        CollectionAssert.AreEqual(new[] { "Text", "A", "B", "Integer", "C" }, loaded.GetOutputSchema(_data.Schema).Select(column => column.Name).ToArray());
    }

    [TestMethod]
    public void The_input_schema_is_kept_with_its_annotations()
    {
        IDataView mapped = _mlContext.Transforms.Conversion.MapValueToKey("Key", "Text").Append(_mlContext.Transforms.Concatenate("Features", "A", "B")).Fit(_data).Transform(_data);

        SaveAndLoad(_mlContext.Transforms.Conversion.MapKeyToValue("Back", "Key").Fit(mapped), mapped.Schema, out DataViewSchema? schema);

        CollectionAssert.AreEqual(
            mapped.Schema.Select(column => (column.Name, column.Type)).ToArray(), schema!.Select(column => (column.Name, column.Type)).ToArray());
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema!["Key"].GetKeyValues(ref names);
        CollectionAssert.AreEqual(new[] { "x", "y" }, names.DenseValues().Select(name => name.ToString()).ToArray());
        schema["Features"].GetSlotNames(ref names);
        CollectionAssert.AreEqual(new[] { "A", "B" }, names.DenseValues().Select(name => name.ToString()).ToArray());
    }

    [TestMethod]
    public void The_input_schema_may_be_left_out()
    {
        SaveAndLoad(_mlContext.Transforms.CopyColumns("C", "A").Fit(_data), null, out DataViewSchema? schema);

        Assert.IsNull(schema);
    }

    [TestMethod]
    public void A_file_is_a_zip_archive_and_can_be_replaced()
    {
        string path = _folder.File("model.zip");
        ITransformer model = _mlContext.Transforms.NormalizeMinMax("A").Fit(_data);

        _mlContext.Model.Save(model, _data.Schema, path);
        _mlContext.Model.Save(model, _data.Schema, path);

        using (ZipArchive archive = ZipFile.OpenRead(path))
        {
            Assert.IsTrue(archive.Entries.Count >= 2);
        }

        CollectionAssert.AreEqual(
            model.Transform(_data).GetColumn<float>("A").ToArray(), new MLContext().Model.Load(path, out _).Transform(_data).GetColumn<float>("A").ToArray());
    }

    [TestMethod]
    public void Files_that_hold_no_model_are_refused()
    {
        Assert.Throws<FormatException>(() => _mlContext.Model.Load(new MemoryStream(new byte[100]), out _));
        Assert.Throws<FormatException>(() => _mlContext.Model.Load(new MemoryStream(), out _));
        Assert.Throws<FileNotFoundException>(() => _mlContext.Model.Load(_folder.File("nothing.zip"), out _));
        using var saved = new MemoryStream();
        _mlContext.Model.Save(_mlContext.Transforms.NormalizeMinMax("A").Fit(_data), _data.Schema, saved);
        Assert.Throws<FormatException>(() => _mlContext.Model.Load(new MemoryStream(saved.ToArray()[..(int)(saved.Length / 2)]), out _));
        using var empty = new MemoryStream();
        using (var archive = new ZipArchive(empty, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("Other");
        }

        empty.Position = 0;
        Assert.Throws<InvalidOperationException>(() => _mlContext.Model.Load(empty, out _));
    }

    private static ITransformer SaveAndLoad(ITransformer model, DataViewSchema? inputSchema, out DataViewSchema? loadedSchema)
    {
        using var stream = new MemoryStream();
        new MLContext().Model.Save(model, inputSchema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out loadedSchema);
    }

    private void AssertSame(IEstimator<ITransformer> estimator)
    {
        ITransformer model = estimator.Fit(_data);

        IDataView expected = model.Transform(_data);
        IDataView actual = SaveAndLoad(model, _data.Schema, out _).Transform(_data);

        CollectionAssert.AreEqual(expected.Schema.Select(column => column.ToString()).ToArray(), actual.Schema.Select(column => column.ToString()).ToArray());
        foreach (DataViewSchema.Column column in expected.Schema)
        {
            CollectionAssert.AreEqual(Values(expected, column.Index), Values(actual, column.Index), column.Name);
        }
    }

    private static string[] Values(IDataView data, int column) => data.Schema[column].Type switch
    {
        TextDataViewType => [.. data.GetColumn<string>(data.Schema[column])],
        VectorDataViewType => [.. data.GetColumn<float[]>(data.Schema[column]).Select(vector => string.Join(' ', vector))],
        DataViewType type when type.RawType == typeof(float) => [.. data.GetColumn<float>(data.Schema[column]).Select(value => $"{value:R}")],
        DataViewType type when type.RawType == typeof(uint) => [.. data.GetColumn<uint>(data.Schema[column]).Select(value => $"{value}")],
        _ => [.. data.GetColumn<int>(data.Schema[column]).Select(value => $"{value}")],
    };

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public float A { get; set; }

        public float B { get; set; }

        public int Integer { get; set; }
    }
}
