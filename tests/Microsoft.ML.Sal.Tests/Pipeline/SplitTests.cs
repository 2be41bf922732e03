using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Pipeline;

/// <summary>TrainTestSplit, CrossValidationSplit, ShuffleRows, TakeRows, SkipRows and Cache.</summary>
[TestClass]
public class SplitTests
{
    private const int RowCount = 2000;

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly IDataView _data;

    public SplitTests() => _data = _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, RowCount).Select(i => new Row { Id = i, Group = $"g{i % 40}" }).ToList());

    [TestMethod]
    public void Train_and_test_share_no_row_and_lose_none()
    {
        var split = _mlContext.Data.TrainTestSplit(_data, testFraction: 0.2);

        int[] train = Ids(split.TrainSet);
        int[] test = Ids(split.TestSet);
        Assert.AreEqual(0, train.Intersect(test).Count());
        CollectionAssert.AreEqual(Enumerable.Range(0, RowCount).ToArray(), train.Concat(test).Order().ToArray());
        Assert.AreEqual(0.2, (double)test.Length / RowCount, 0.04);
        CollectionAssert.AreEqual(new[] { "Id", "Group" }, split.TestSet.Schema.Select(column => column.Name).ToArray());
    }

    [TestMethod]
    public void The_default_test_fraction_is_a_tenth() =>
        Assert.AreEqual(0.1, (double)Ids(_mlContext.Data.TrainTestSplit(_data).TestSet).Length / RowCount, 0.03);

    [TestMethod]
    public void The_seed_decides()
    {
        int[] first = Ids(_mlContext.Data.TrainTestSplit(_data, 0.3, seed: 5).TestSet);

        CollectionAssert.AreEqual(first, Ids(_mlContext.Data.TrainTestSplit(_data, 0.3, seed: 5).TestSet));
        CollectionAssert.AreEqual(first, Ids(new MLContext(seed: 9).Data.TrainTestSplit(_data, 0.3, seed: 5).TestSet));
        CollectionAssert.AreNotEqual(first, Ids(_mlContext.Data.TrainTestSplit(_data, 0.3, seed: 6).TestSet));
    }

    [TestMethod]
    public void Without_a_seed_that_of_the_context_decides()
    {
        int[] first = Ids(new MLContext(seed: 1).Data.TrainTestSplit(_data, 0.3).TestSet);

        CollectionAssert.AreEqual(first, Ids(new MLContext(seed: 1).Data.TrainTestSplit(_data, 0.3).TestSet));
        CollectionAssert.AreNotEqual(first, Ids(new MLContext(seed: 2).Data.TrainTestSplit(_data, 0.3).TestSet));
        CollectionAssert.AreEqual(Ids(new MLContext().Data.TrainTestSplit(_data, 0.3).TestSet), Ids(new MLContext().Data.TrainTestSplit(_data, 0.3).TestSet));
    }

    [TestMethod]
    public void Rows_with_one_sampling_key_stay_together()
    {
        var split = _mlContext.Data.TrainTestSplit(_data, 0.3, samplingKeyColumnName: "Group");

        string[] train = [.. split.TrainSet.GetColumn<string>("Group").Distinct()];
        string[] test = [.. split.TestSet.GetColumn<string>("Group").Distinct()];
        Assert.AreEqual(0, train.Intersect(test).Count());
        Assert.AreEqual(40, train.Length + test.Length);
        Assert.AreEqual(RowCount, Ids(split.TrainSet).Length + Ids(split.TestSet).Length);
        Assert.AreEqual(2, split.TestSet.Schema.Count);
    }

    [TestMethod]
    public void A_view_of_a_part_stays_the_same_however_it_is_read()
    {
        IDataView test = _mlContext.Data.TrainTestSplit(_data, 0.3).TestSet;

        CollectionAssert.AreEqual(Ids(test).Select(id => $"g{id % 40}").ToArray(), test.GetColumn<string>("Group").ToArray());
        CollectionAssert.AreEqual(Ids(test), Ids(_mlContext.Data.Cache(test)));
    }

    [TestMethod]
    public void Folds_test_every_row_once()
    {
        var folds = _mlContext.Data.CrossValidationSplit(_data, numberOfFolds: 4);

        Assert.AreEqual(4, folds.Count);
        CollectionAssert.AreEqual(Enumerable.Range(0, RowCount).ToArray(), folds.SelectMany(fold => Ids(fold.TestSet)).Order().ToArray());
        foreach (var fold in folds)
        {
            Assert.AreEqual(0, Ids(fold.TrainSet).Intersect(Ids(fold.TestSet)).Count());
            Assert.AreEqual(RowCount, Ids(fold.TrainSet).Length + Ids(fold.TestSet).Length);
            Assert.AreEqual(RowCount / 4, Ids(fold.TestSet).Length, 100);
        }
    }

    [TestMethod]
    public void Impossible_splits_are_refused()
    {
        foreach (double fraction in new[] { 0, 1, 1.5 })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Data.TrainTestSplit(_data, fraction));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Data.CrossValidationSplit(_data, 1));
        StringAssert.Contains(Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Data.TrainTestSplit(_data, 0.2, "Zed")).Message, "'Zed'");
    }

    [TestMethod]
    public void Shuffling_keeps_all_rows_and_mixes_them()
    {
        int[] shuffled = Ids(_mlContext.Data.ShuffleRows(_data, seed: 3));

        CollectionAssert.AreNotEqual(Enumerable.Range(0, RowCount).ToArray(), shuffled);
        CollectionAssert.AreEqual(Enumerable.Range(0, RowCount).ToArray(), shuffled.Order().ToArray());
        CollectionAssert.AreEqual(shuffled, Ids(_mlContext.Data.ShuffleRows(_data, seed: 3)));
        CollectionAssert.AreNotEqual(shuffled, Ids(_mlContext.Data.ShuffleRows(_data, seed: 4)));
    }

    [TestMethod]
    public void A_row_leaves_the_pool_at_most_a_pools_length_early()
    {
        int[] shuffled = Ids(_mlContext.Data.ShuffleRows(_data, seed: 3, shufflePoolSize: 10, shuffleSource: false));

        Assert.IsTrue(shuffled.Select((id, position) => id - position).Max() < 10);
        Assert.AreEqual(RowCount, shuffled.Distinct().Count());
    }

    [TestMethod]
    public void Columns_of_shuffled_rows_belong_together()
    {
        IDataView shuffled = _mlContext.Data.ShuffleRows(_data, seed: 3);

        CollectionAssert.AreEqual(Ids(shuffled).Select(id => $"g{id % 40}").ToArray(), shuffled.GetColumn<string>("Group").ToArray());
    }

    [TestMethod]
    public void A_shuffled_view_can_be_split()
    {
        var split = _mlContext.Data.TrainTestSplit(_mlContext.Data.ShuffleRows(_data, seed: 3), 0.3);

        CollectionAssert.AreEqual(Enumerable.Range(0, RowCount).ToArray(), Ids(split.TrainSet).Concat(Ids(split.TestSet)).Order().ToArray());
    }

    [TestMethod]
    public void Rows_are_taken_from_and_skipped_at_the_beginning()
    {
        CollectionAssert.AreEqual(new[] { 0, 1, 2 }, Ids(_mlContext.Data.TakeRows(_data, 3)));
        CollectionAssert.AreEqual(new[] { RowCount - 2, RowCount - 1 }, Ids(_mlContext.Data.SkipRows(_data, RowCount - 2)));
        Assert.AreEqual(0, Ids(_mlContext.Data.SkipRows(_data, RowCount + 5)).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Data.TakeRows(_data, 0));
    }

    [TestMethod]
    public void A_cache_reads_its_source_once()
    {
        int made = 0;
        IDataView lazy = _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 5).Select(i =>
        {
            made++;
            return new Row { Id = i };
        }));

        IDataView cached = _mlContext.Data.Cache(lazy, "Id");

        CollectionAssert.AreEqual(Ids(cached), Ids(cached));
        Assert.AreEqual(5, made);
        Assert.AreEqual(5, cached.GetRowCount());
        Assert.IsTrue(cached.CanShuffle);
    }

    private static int[] Ids(IDataView data) => [.. data.GetColumn<int>("Id")];

    private sealed class Row
    {
        public int Id { get; set; }

        public string Group { get; set; } = "";
    }
}
