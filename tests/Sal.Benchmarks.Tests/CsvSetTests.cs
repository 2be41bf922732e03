using Sal.Benchmarks.Data;

namespace Sal.Benchmarks.Tests;

[TestClass]
public class CsvSetTests
{
    private const string Flowers = "length,kind,width\n1.5,\"b, big\",2\n-3e1,a,4\n5,\"b, big\",6\n7,a,8\n";

    [TestMethod]
    [DataRow("kind")]
    [DataRow("1")]
    [DataRow("-2")]
    public void The_class_column_is_found_by_name_or_number(string column)
    {
        LabeledRows rows = Read(Flowers, column, hasHeader: true);
        Assert.AreEqual((4, 2, 2), (rows.Count, rows.FeatureCount, rows.ClassCount));
        CollectionAssert.AreEqual(new[] { 1, 0, 1, 0 }, rows.Labels.ToArray());
        CollectionAssert.AreEqual(new[] { -30f, 4f }, rows.Features(1).ToArray());
    }

    [TestMethod]
    public void Classes_that_are_numbers_count_in_their_order()
    {
        LabeledRows rows = Read("10;1\n9;2\n10;3\n9;4\n", "0", hasHeader: false);
        CollectionAssert.AreEqual(new[] { 1, 0, 1, 0 }, rows.Labels.ToArray());
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
    [DataRow(
        "a,b,c\n1,x,u\n",
        true,
        "'data.csv', line 2: column 1 ('b'): 'x' is not a number. "
        + "Features must be numbers: write a text column as one column of 0 and 1")]
    [DataRow(
        "a,b,c\n1,2,u\n",
        false,
        "'data.csv', line 1: column 0: 'a' is not a number. "
        + "If the first line names the columns, say so with --header.")]
    [DataRow("1,5;2;u\n1,7;2;v\n", false, "'data.csv', line 1: column 0: '1,5' is not a number. Write decimals with a point.")]
    [DataRow("1,1e39,u\n", false, "'data.csv', line 1: column 1: '1e39' is beyond the range of a Single.")]
    [DataRow("1,2,u\n\n3,v\n", false, "'data.csv', line 3: the row has 2 cells, but the first line has 3.")]
    [DataRow("a,b\n1,2,u\n", true, "'data.csv', line 2: the row has 3 cells, but the header has 2.")]
    [DataRow("u\nv\n", false, "'data.csv' has one column only")]
    [DataRow("1,?,u\n2,,v\n3,NaN,u\n", false, "'data.csv' has no complete row: column 1 is missing in 3 of 3.")]
    [DataRow("1,\"2,u\n", false, "'data.csv', line 1: the quote is not closed.")]
    [DataRow("1,2,u\n3,\"4\"4,u\n", false, "'data.csv', line 2: text follows a closing quote")]
    [DataRow("1,2,u\n3,4,u\n", false, "is the same in all 2 rows")]
    [DataRow("1,2,1.5\n3,4,2.5\n5,6,3.5\n", false, "has 3 different values in 3 rows")]
    [DataRow("1,2,u\n3,4,u\n5,6,v\n7,8,v\n", false, "No row is left to test on: the largest class has 2 rows.")]
    [DataRow("", false, "has no rows")]
    [DataRow("a,b\n", true, "has no rows")]
    public void What_is_wrong_is_said_with_its_place(string text, bool hasHeader, string expected) =>
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => ReadSet(text, "-1", hasHeader, 0.8)).Message, expected);

    [TestMethod]
    [DataRow("1,2,u\n3,4,v\n5,6,u\n7,8,v\n9,10,u\n")]
    [DataRow("1;2;u\n3;4;v\n5;6;u\n7;8;v\n9;10;u\n")]
    [DataRow("1\t2\tu\n3\t4\tv\n5\t6\tu\n7\t8\tv\n9\t10\tu\n")]
    [DataRow("1|2|u\n3|4|v\n5|6|u\n7|8|v\n9|10|u\n")]
    [DataRow("1 2 u\n 3  4 v\n5 6   u\n7 8 v\n9 10 u\n")]
    [DataRow("1,2,u\r\n3,4,v\r\n5,6,u\r\n7,8,v\r\n\r\n9,10,u")]
    [DataRow("\uFEFF1, 2, u\n\"3\", \"4\" ,\"v\"\n5,6,u\n7,8,v\n9,10,u\n")]
    [DataRow("  \n1,2,u\n3,4,v\n\t\n5,6,u\n7,8,v\n9,10,u\n")]
    [DataRow("1 \"2\" u\n 3  4 \"v\"\n5 6 u\n7 8 v\n9 10 u\n")]
    public void Separators_line_ends_and_quotes_make_no_difference(string text)
    {
        LabeledRows rows = Read(text, "-1", hasHeader: false);
        CollectionAssert.AreEqual(new[] { 0, 1, 0, 1, 0 }, rows.Labels.ToArray());
        CollectionAssert.AreEqual(new[] { 3f, 4f }, rows.Features(1).ToArray());
        CollectionAssert.AreEqual(new[] { 9f, 10f }, rows.Features(4).ToArray());
    }

    [TestMethod]
    public void Quoted_classes_may_hold_separators_line_ends_and_quotes()
    {
        LabeledRows rows = Read(
            "1,\"a, \"\"b\"\"\nc\"\n2,5\" disk\n3,\"a, \"\"b\"\"\nc\"\n4,5\" disk\n5,5\" disk\n",
            "1",
            hasHeader: false);
        CollectionAssert.AreEqual(new[] { 1, 0, 1, 0, 0 }, rows.Labels.ToArray());
    }

    [TestMethod]
    public void Rows_with_missing_values_are_left_out_and_counted()
    {
        var notes = new List<string>();
        LabeledRows rows = ReadSet(
            "1,u\n?,u\n2,v\n,v\nNA,u\nnan,v\nnull,u\n3,\n4,u\n5,v\n6,u\n",
            "1",
            hasHeader: false,
            0.5,
            notes.Add).Rows;
        CollectionAssert.AreEqual(
            new[] { 1f, 2f, 4f, 5f, 6f },
            Enumerable.Range(0, rows.Count).Select(row => rows.Features(row)[0]).ToArray());
        StringAssert.Contains(notes.Single(), "6 of 11 rows were left out");
    }

    [TestMethod]
    public void Classes_written_as_decimals_are_the_same_as_whole_numbers()
    {
        LabeledRows rows = Read("1,2.0\n2,1\n3,2\n4,1.00\n5,2.0\n", "1", hasHeader: false);
        CollectionAssert.AreEqual(new[] { 1, 0, 1, 0, 1 }, rows.Labels.ToArray());
        Assert.AreEqual(2, rows.ClassCount);
    }

    [TestMethod]
    public void A_class_of_one_row_trains_and_is_noted()
    {
        var notes = new List<string>();
        BenchmarkSet set = ReadSet("1,u\n2,u\n3,u\n4,u\n5,v\n6,u\n", "1", hasHeader: false, 0.2, notes.Add);
        Assert.Contains(4, set.Split(0).Training);
        StringAssert.Contains(notes.Single(), "1 of 2 classes have too few rows");
    }

    [TestMethod]
    public void A_name_of_the_header_comes_before_a_number()
    {
        CollectionAssert.AreEqual(new[] { 5f }, Read("1,0\n5,7\n6,8\n5,7\n6,8\n6,8\n", "0", hasHeader: true).Features(0).ToArray());
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Read("a,a\n5,7\n", "a", hasHeader: true)).Message, "0 or 1");
    }

    [TestMethod]
    public void The_share_for_training_is_kept()
    {
        string text = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{i % 2}\n"));
        RowSplit split = ReadSet(text, "1", hasHeader: false, trainingShare: 0.75).Split(0);
        Assert.AreEqual((30, 10), (split.Training.Length, split.Test.Length));
    }

    private static LabeledRows Read(string text, string column, bool hasHeader) => ReadSet(text, column, hasHeader, 0.5).Rows;

    private static BenchmarkSet ReadSet(string text, string column, bool hasHeader, double trainingShare, Action<string>? notes = null)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("data.csv");
        File.WriteAllText(path, text);
        return CsvSet.Read(path, column, hasHeader, trainingShare, notes);
    }
}
