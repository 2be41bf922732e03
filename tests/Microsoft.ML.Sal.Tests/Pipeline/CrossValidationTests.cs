using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Pipeline;

/// <summary>MulticlassClassification.CrossValidate, with a pipeline that passes a made-up model's scores on.</summary>
[TestClass]
public class CrossValidationTests
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly IDataView _data;

    // The label is always the class of the highest score, so every fold is all right.
    public CrossValidationTests() => _data = _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 300).Select(i => new Row
    {
        Id = i,
        Group = $"g{i % 30}",
        Class = (uint)(i % 3),
        Scores = [i % 3 == 0 ? 0.8f : 0.1f, i % 3 == 1 ? 0.8f : 0.1f, i % 3 == 2 ? 0.8f : 0.1f],
    }).ToList());

    private IEstimator<ITransformer> Pipeline => _mlContext.Transforms.CopyColumns("Label", "Class")
        .Append(_mlContext.Transforms.CopyColumns("Score", "Scores"))
        .Append(_mlContext.Transforms.CopyColumns("PredictedLabel", "Class"));

    [TestMethod]
    public void Every_row_is_held_out_once_and_every_fold_is_measured()
    {
        var folds = _mlContext.MulticlassClassification.CrossValidate(_data, Pipeline, numberOfFolds: 4);

        CollectionAssert.AreEqual(new[] { 0, 1, 2, 3 }, folds.Select(fold => fold.Fold).ToArray());
        CollectionAssert.AreEqual(
            Enumerable.Range(0, 300).ToArray(), folds.SelectMany(fold => fold.ScoredHoldOutSet.GetColumn<int>("Id")).Order().ToArray());
        foreach (var fold in folds)
        {
            Assert.AreEqual(1, fold.Metrics.MicroAccuracy, 1e-15);
            Assert.AreEqual(-Math.Log(0.8f), fold.Metrics.LogLoss, 1e-12);
            Assert.IsNotNull(fold.Model);
            Assert.IsNotNull(fold.ScoredHoldOutSet.Schema.GetColumnOrNull("Score"));
        }
    }

    [TestMethod]
    public void There_are_five_folds_by_default_and_the_seed_decides_on_them()
    {
        int[][] first = Folds(seed: 7);

        Assert.AreEqual(5, first.Length);
        CollectionAssert.AreEqual(first.SelectMany(ids => ids).ToArray(), Folds(seed: 7).SelectMany(ids => ids).ToArray());
        CollectionAssert.AreNotEqual(first.SelectMany(ids => ids).ToArray(), Folds(seed: 8).SelectMany(ids => ids).ToArray());
    }

    [TestMethod]
    public void Rows_with_one_sampling_key_are_held_out_together()
    {
        var folds = _mlContext.MulticlassClassification.CrossValidate(_data, Pipeline, numberOfFolds: 3, samplingKeyColumnName: "Group");

        string[] groups = [.. folds.SelectMany(fold => fold.ScoredHoldOutSet.GetColumn<string>("Group").Distinct())];
        Assert.AreEqual(30, groups.Length);
        Assert.AreEqual(30, groups.Distinct().Count());
    }

    [TestMethod]
    public void Mistakes_are_told()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.MulticlassClassification.CrossValidate(_data, Pipeline, numberOfFolds: 1));
        StringAssert.Contains(
            Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.MulticlassClassification.CrossValidate(_data, Pipeline, labelColumnName: "Zed")).Message, "Zed");
    }

    private int[][] Folds(int seed) =>
        [.. _mlContext.MulticlassClassification.CrossValidate(_data, Pipeline, seed: seed).Select(fold => fold.ScoredHoldOutSet.GetColumn<int>("Id").ToArray())];

    private sealed class Row
    {
        public int Id { get; set; }

        public string Group { get; set; } = "";

        [KeyType(3)]
        public uint Class { get; set; }

        [VectorType(3)]
        public float[] Scores { get; set; } = [];
    }
}
