using Sal.Core.Data;

namespace Sal.Core.Tests.Data;

[TestClass]
public class RowSamplingTests
{
    [TestMethod]
    [DataRow(100, 0.2, 20)]
    [DataRow(7, 0.2, 1)]
    [DataRow(8, 0.2, 2)]
    [DataRow(2, 0.01, 1)]
    [DataRow(2, 0.99, 1)]
    [DataRow(1, 0.4, 0)]
    [DataRow(1, 0.5, 0)]
    [DataRow(1, 0.9, 0)]
    public void The_nearest_number_of_rows_is_held_out_but_none_and_all_only_of_a_single_row(int rows, double fraction, int expected)
    {
        // Beside a class that a rounding of totals would take the difference from.
        int[] classes = [.. Enumerable.Repeat(0, rows), .. Enumerable.Repeat(1, 1000)];

        int[] held = RowSampling.HoldOutStratified(classes, [], fraction, seed: 5);

        Assert.AreEqual(expected, held[..rows].Sum());
        Assert.AreEqual((int)Math.Round(1000 * fraction), held[rows..].Sum());
    }

    [TestMethod]
    public void Folds_differ_by_one_row_at_most_in_each_class_and_in_all()
    {
        int[] sizes = [1, 2, 3, 4, 6, 11, 50, 3, 3, 3, 1, 1];
        int[] classes = [.. sizes.Index().SelectMany(size => Enumerable.Repeat(size.Index, size.Item))];

        int[] folds = RowSampling.DealStratified(classes, [], numberOfFolds: 5, seed: 5);

        for (int c = 0; c < sizes.Length; c++)
        {
            int[] counts = Counts(folds.Where((_, row) => classes[row] == c));
            Assert.IsLessThanOrEqualTo(1, counts.Max() - counts.Min(), $"class {c}");
        }

        int[] totals = Counts(folds);
        Assert.IsLessThanOrEqualTo(1, totals.Max() - totals.Min());

        static int[] Counts(IEnumerable<int> folds) => [.. Enumerable.Range(0, 5).Select(fold => folds.Count(other => other == fold))];
    }

    [TestMethod]
    public void Groups_stay_together_and_classes_are_still_spread()
    {
        // 200 groups of 1 to 9 rows, each mostly of one class; class 4 has three rows, in three small groups.
        var random = new Random(1);
        List<int> classes = [], groups = [];
        for (int group = 0; group < 200; group++)
        {
            for (int row = random.Next(1, 10); row > 0; row--)
            {
                classes.Add(random.NextDouble() < 0.8 ? group % 4 : random.Next(4));
                groups.Add(group);
            }
        }

        classes.AddRange([4, 4, 4]);
        groups.AddRange([200, 201, 202]);
        int[] held = RowSampling.HoldOutStratified(classes.ToArray(), groups.ToArray(), 0.25, seed: 5);
        int[] folds = RowSampling.DealStratified(classes.ToArray(), groups.ToArray(), 3, seed: 5);

        Assert.IsTrue(groups.Index().GroupBy(row => row.Item).All(rows => rows.Select(row => held[row.Index]).Distinct().Count() == 1));
        Assert.IsTrue(groups.Index().GroupBy(row => row.Item).All(rows => rows.Select(row => folds[row.Index]).Distinct().Count() == 1));
        foreach (IGrouping<int, (int Index, int Item)> rows in classes.Index().GroupBy(row => row.Item))
        {
            Assert.AreEqual(0.25 * rows.Count(), rows.Sum(row => held[row.Index]), 2);
            foreach (int fold in Enumerable.Range(0, 3))
            {
                Assert.AreEqual(rows.Count() / 3.0, rows.Count(row => folds[row.Index] == fold), 2);
            }
        }

        Assert.AreEqual(1, held[^3..].Sum());
        CollectionAssert.AreEquivalent(new[] { 0, 1, 2 }, folds[^3..]);
    }

    [TestMethod]
    public void Draws_depend_on_the_seed_and_the_rows_alone()
    {
        int[] classes = [.. Enumerable.Range(0, 300).Select(row => row % 7)];
        int[] held = RowSampling.HoldOutStratified(classes, [], 0.3, seed: 5);

        CollectionAssert.AreEqual(held, RowSampling.HoldOutStratified(classes, [], 0.3, seed: 5));
        CollectionAssert.AreNotEqual(held, RowSampling.HoldOutStratified(classes, [], 0.3, seed: 6));

        // Pinned: a later version must not draw other rows.
        Assert.AreEqual("34725610", string.Concat(RowSampling.GetPermutation(8, seed: 1, draw: 0)));
        CollectionAssert.AreNotEqual(RowSampling.GetPermutation(8, 1, 0), RowSampling.GetPermutation(8, 1, 1));
        Assert.AreEqual("10000100", string.Concat(RowSampling.HoldOutStratified([0, 0, 0, 0, 1, 1, 1, 1], [], 0.25, seed: 1)));
    }

    [TestMethod]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => RowSampling.HoldOutStratified([0, 1], [], 1, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => RowSampling.DealStratified([0, 1], [], 1, 0));
        Assert.ThrowsExactly<ArgumentException>(() => RowSampling.DealStratified([0, 1], [0], 2, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => RowSampling.GetPermutation(-1, 0, 0));
    }
}
