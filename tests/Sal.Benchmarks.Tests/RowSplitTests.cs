using Sal.Benchmarks.Data;

namespace Sal.Benchmarks.Tests;

[TestClass]
public class RowSplitTests
{
    private static readonly int[] Rows = [.. Enumerable.Range(0, 100)];

    // 60 rows of class 0, 30 of class 1, 10 of class 2.
    private static int Label(int row) => row < 60 ? 0 : row < 90 ? 1 : 2;

    [TestMethod]
    public void A_stratified_split_takes_the_same_share_of_each_class_and_every_row_once()
    {
        RowSplit split = RowSplit.Stratified(Rows, Label, 0.2, seed: 3);
        CollectionAssert.AreEqual(new[] { 12, 6, 2 }, split.Test.GroupBy(Label).OrderBy(g => g.Key).Select(g => g.Count()).ToArray());
        CollectionAssert.AreEqual(Rows, split.Training.Concat(split.Test).Order().ToArray());
    }

    [TestMethod]
    public void The_seed_alone_decides_a_stratified_split()
    {
        RowSplit first = RowSplit.Stratified(Rows, Label, 0.2, seed: 3), again = RowSplit.Stratified(Rows, Label, 0.2, seed: 3);
        CollectionAssert.AreEqual(first.Test, again.Test);
        CollectionAssert.AreNotEqual(first.Test, RowSplit.Stratified(Rows, Label, 0.2, seed: 4).Test);
    }

    [TestMethod]
    public void A_split_as_published_keeps_the_order()
    {
        RowSplit split = RowSplit.First(70, 100);
        CollectionAssert.AreEqual(Rows[..70], split.Training);
        CollectionAssert.AreEqual(Rows[70..], split.Test);
    }
}
