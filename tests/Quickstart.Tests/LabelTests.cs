using Microsoft.ML;
using Quickstart.Tables;

namespace Quickstart.Tests;

[TestClass]
public sealed class LabelTests : IDisposable
{
    private readonly TableFile _file = new();

    [TestMethod]
    [DataRow(
        "a,size,class\n1,2,x\n1,3,y\n",
        "Size_",
        "--label: 'data.csv' has no column 'Size_'. Did you mean 'size'? It has: a, size, class.")]
    [DataRow("a,size,class\n1,2,x\n1,3,y\n", "colour", "--label: 'data.csv' has no column 'colour'. It has: a, size, class.")]
    [DataRow(
        "a,b\n1,x\n2,x\n",
        "b",
        "The label 'b' of 'data.csv' has one class only, 'x': there is nothing to tell apart. At least two classes are needed.")]
    [DataRow("a,b\n1,NA\n2,\n", "b", "The label 'b' of 'data.csv' is missing in every row.")]
    [DataRow(
        "a,b\n1,x\n2,y\n3,z\n",
        "b",
        "The label 'b' of 'data.csv' has 3 different values in 3 rows: these are not classes. "
        + "Choose a column whose classes have several rows each.")]
    [DataRow(
        "a,b\n1,1.5\n2,2.5\n3,3\n",
        "b",
        "The label 'b' of 'data.csv' has 3 different values in 3 rows: these are not classes. "
        + "A quantity is predicted by one of ML.NET's regression trainers, or made into a few ranges first.")]
    public void What_is_wrong_with_a_label_is_said(string text, string label, string message) =>
        Assert.AreEqual(message, Assert.ThrowsExactly<UserErrorException>(() => Find(text, label)).Message);

    [TestMethod]
    public void A_quantity_of_few_values_is_no_label()
    {
        string text = $"a,b\n{string.Concat(Enumerable.Range(0, 300).Select(i => $"{i},{i % 30}.5\n"))}";

        Assert.Contains("30 different values in 300 rows", Assert.ThrowsExactly<UserErrorException>(() => Find(text, "b")).Message);
    }

    [TestMethod]
    public void Classes_that_are_numbers_are_in_their_order_and_rows_without_a_label_are_left_out()
    {
        LabelColumn label = Find("a,b\n1,10\n2,9\n3,NA\n4,10\n5,9\n6,100\n7,100\n", "b");

        CollectionAssert.AreEqual(new[] { "9", "10", "100" }, label.Classes.ToArray());
        Assert.HasCount(6, label.Rows);
        Assert.AreEqual(1, label.Profile.MissingCells);
    }

    [TestMethod]
    public void A_fifth_of_each_class_is_held_out_and_no_row_is_lost()
    {
        string rows = string.Concat(Enumerable.Range(0, 110).Select(i => $"{i},{(i % 11 == 0 ? "rare" : "common")}\n"));
        LabelColumn label = Find($"a,b\n{rows}", "b");

        var split = new TableSplit(new MLContext(seed: 1), label);

        Assert.AreEqual(2, split.Test.Count(row => row.Cells[1] == "rare"));
        Assert.AreEqual(20, split.Test.Count(row => row.Cells[1] == "common"));
        CollectionAssert.AreEquivalent(label.Rows.ToArray(), split.Test.Concat(split.Training).ToArray());
        CollectionAssert.AreEqual(split.Test.ToArray(), new TableSplit(new MLContext(seed: 1), label).Test.ToArray());
    }

    [TestMethod]
    public void A_class_of_two_rows_has_one_in_each_part()
    {
        var split = new TableSplit(new MLContext(seed: 1), Find("a,b\n1,x\n2,x\n3,y\n4,y\n", "b"));

        CollectionAssert.AreEquivalent(new[] { "x", "y" }, split.Training.Select(row => row.Cells[1]).ToArray());
        CollectionAssert.AreEquivalent(new[] { "x", "y" }, split.Test.Select(row => row.Cells[1]).ToArray());
    }

    private LabelColumn Find(string text, string label)
    {
        CsvTable table = _file.Read(text);
        return LabelColumn.Find(table, label, CellFormat.Detect(table, []));
    }

    public void Dispose() => _file.Dispose();
}
