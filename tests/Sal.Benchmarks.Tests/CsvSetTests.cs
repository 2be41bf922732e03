using Sal.Benchmarks.Data;

namespace Sal.Benchmarks.Tests;

[TestClass]
public class CsvSetTests
{
    private const string Flowers = "length,kind,width\n1.5,\"b, big\",2\n-3e1,a,4\n5,\"b, big\",6\n";

    [TestMethod]
    [DataRow("kind")]
    [DataRow("1")]
    [DataRow("-2")]
    public void The_class_column_is_found_by_name_or_number(string column)
    {
        LabelledRows rows = Read(Flowers, column, hasHeader: true);
        Assert.AreEqual((3, 2, 2), (rows.Count, rows.FeatureCount, rows.ClassCount));
        CollectionAssert.AreEqual(new[] { 1, 0, 1 }, rows.Labels.ToArray());
        CollectionAssert.AreEqual(new[] { -30f, 4f }, rows.Features(1).ToArray());
    }

    [TestMethod]
    public void Classes_that_are_numbers_count_in_their_order()
    {
        LabelledRows rows = Read("10;1\n9;2\n10;3\n", "0", hasHeader: false);
        CollectionAssert.AreEqual(new[] { 1, 0, 1 }, rows.Labels.ToArray());
    }

    [TestMethod]
    [DataRow("colour", true, "length, kind, width")]
    [DataRow("kind", false, "--header")]
    [DataRow("3", true, "length, kind, width")]
    public void An_unknown_column_is_named(string column, bool hasHeader, string expected)
    {
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => Read(Flowers, column, hasHeader));
        StringAssert.Contains(exception.Message, expected);
    }

    [TestMethod]
    public void A_cell_that_is_no_number_is_named_with_its_place()
    {
        InvalidDataException exception = Assert.ThrowsExactly<InvalidDataException>(() => Read("1,2,a\n3,x,b\n", "-1", hasHeader: false));
        StringAssert.Contains(exception.Message, "Row 2, column 1: 'x'");
    }

    [TestMethod]
    public void A_row_of_another_length_is_named() =>
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => Read("1,2,a\n3,b\n", "2", hasHeader: false)).Message, "Row 2 has 2 cells");

    [TestMethod]
    public void The_share_for_training_is_kept()
    {
        string text = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{i % 2}\n"));
        RowSplit split = ReadSet(text, "1", hasHeader: false, trainingShare: 0.75).Split(0);
        Assert.AreEqual((30, 10), (split.Training.Length, split.Test.Length));
    }

    private static LabelledRows Read(string text, string column, bool hasHeader) => ReadSet(text, column, hasHeader, 0.8).Rows;

    private static BenchmarkSet ReadSet(string text, string column, bool hasHeader, double trainingShare)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            return CsvSet.Read(path, column, hasHeader, trainingShare);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
