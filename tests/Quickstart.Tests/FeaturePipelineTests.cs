using Microsoft.ML;
using Microsoft.ML.Data;
using Quickstart.Tables;

namespace Quickstart.Tests;

[TestClass]
public sealed class FeaturePipelineTests : IDisposable
{
    // Six times the same four rows, so that "boat" is in twelve and "left" in six.
    private static readonly string _text = "size,day,color,remark\n"
        + string.Concat(Enumerable.Repeat("1,2024-01-01,red,a boat left\n3,2024-01-05,blue,a boat came\nNA,,,\n8,2024-01-09,red,\n", 6));

    private readonly TableFile _file = new();

    [TestMethod]
    public void Columns_become_named_features()
    {
        DataViewSchema schema = Transform(_text).Schema;

        var names = default(VBuffer<ReadOnlyMemory<char>>);
        schema["Features"].GetSlotNames(ref names);
        string[] features = [.. names.DenseValues().Select(name => name.ToString())];
        CollectionAssert.AreEqual(new[] { "size", "day", "color.red", "color.blue" }, features[..4]);
        CollectionAssert.AreEqual(new[] { "size is missing", "day is missing" }, features[^2..]);
        Assert.Contains("remark.Word.boat", features);
        Assert.DoesNotContain("remark.Word.left", features);
    }

    [TestMethod]
    public void A_missing_number_or_date_is_the_mean_and_marked()
    {
        float[][] rows = Features(_text);

        Assert.AreEqual(4, rows[2][0]);
        Assert.AreEqual(rows[1][1], rows[2][1], 0.1f);
        Assert.AreEqual(4, rows[1][1] - rows[0][1], 0.1f);
        CollectionAssert.AreEqual(new float[] { 1, 1 }, rows[2][^2..]);
        CollectionAssert.AreEqual(new float[] { 0, 0 }, rows[0][^2..]);
    }

    [TestMethod]
    public void A_missing_and_an_unseen_category_have_no_indicator()
    {
        float[][] rows = Features("size,day,color,remark\n1,2024-01-01,,x\n2,2024-01-01,green,x\n3,2024-01-01,blue,x\n");

        CollectionAssert.AreEqual(new float[] { 0, 0 }, rows[0][2..4]);
        CollectionAssert.AreEqual(new float[] { 0, 0 }, rows[1][2..4]);
        CollectionAssert.AreEqual(new float[] { 0, 1 }, rows[2][2..4]);
    }

    private float[][] Features(string text) => [.. Transform(text).GetColumn<float[]>("Features")];

    /// <summary>Rows as the pipeline that is fitted on <see cref="_text"/> transforms them.</summary>
    private IDataView Transform(string text)
    {
        ColumnProfile[] columns =
        [
            new("size", 0, ColumnKind.Number, "", MissingCells: 1), new("day", 1, ColumnKind.Date, "", MissingCells: 1),
            new("color", 2, ColumnKind.Category, "", MissingCells: 1), new("remark", 3, ColumnKind.Text, "", MissingCells: 2),
        ];
        return FeaturePipeline.Create(new MLContext(seed: 1), columns).Fit(View(_text)).Transform(View(text));

        IDataView View(string rows)
        {
            CsvTable table = _file.Read(rows);
            return TableView.Create(table, table.Rows, columns, CellFormat.Detect(table, []));
        }
    }

    public void Dispose() => _file.Dispose();
}
