using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Pipeline;

/// <summary>MulticlassClassification.Evaluate.</summary>
[TestClass]
public class MetricsTests
{
    // -log of the smallest probability that counts, 1e-15 as a Single.
    private const double LargestLoss = 34.53877639128319;

    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void Accuracies_losses_and_counts()
    {
        MulticlassClassificationMetrics metrics = Evaluate(ScoredRows.Six);

        Assert.AreEqual(0.5, metrics.MicroAccuracy, 1e-15);
        Assert.AreEqual(0.5, metrics.MacroAccuracy, 1e-15);
        Assert.AreEqual(6.284810335729045, metrics.LogLoss, 1e-14);
        Assert.AreEqual(1 - (6.284810335729045 / Math.Log(3)), metrics.LogLossReduction, 1e-13);
        AssertClose([(Loss(0.7f) + Loss(0.25f)) / 2, Loss(0.3f) / 2, (Loss(0.8f) + LargestLoss) / 2], metrics.PerClassLogLoss);
        AssertClose([0.5, 0.5, 0.5], metrics.ConfusionMatrix.PerClassRecall);
        AssertClose([1 / 3.0, 0.5, 1], metrics.ConfusionMatrix.PerClassPrecision);
        Assert.AreEqual(3, metrics.ConfusionMatrix.NumberOfClasses);
        AssertClose([1, 1, 0], metrics.ConfusionMatrix.Counts[0]);
        AssertClose([1, 1, 0], metrics.ConfusionMatrix.Counts[1]);
        AssertClose([1, 0, 1], metrics.ConfusionMatrix.Counts[2]);
        Assert.AreEqual(1, metrics.ConfusionMatrix.GetCountForClassPair(predictedClassIndicatorIndex: 0, actualClassIndicatorIndex: 2));
        Assert.AreEqual(0, metrics.ConfusionMatrix.GetCountForClassPair(predictedClassIndicatorIndex: 2, actualClassIndicatorIndex: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => metrics.ConfusionMatrix.GetCountForClassPair(3, 0));
    }

    [TestMethod]
    public void Top_k_accuracy_counts_labels_among_the_highest_scores()
    {
        Assert.IsNull(Evaluate(ScoredRows.Six).TopKAccuracyForAllK);

        MulticlassClassificationMetrics metrics = Evaluate(ScoredRows.Six, topK: 2);

        Assert.AreEqual(2, metrics.TopKPredictionCount);
        Assert.AreEqual(5 / 6.0, metrics.TopKAccuracy, 1e-15);
        AssertClose([0.5, 5 / 6.0], metrics.TopKAccuracyForAllK);
    }

    [TestMethod]
    public void Among_equal_scores_the_first_class_wins()
    {
        MulticlassClassificationMetrics metrics = Evaluate([("b", [1 / 3f, 1 / 3f, 1 / 3f]), ("a", [0.2f, 0.4f, 0.4f]), ("c", [0.4f, 0.2f, 0.4f])], topK: 3);

        Assert.AreEqual(2 / 3.0, metrics.MicroAccuracy, 1e-15);
        AssertClose([2 / 3.0, 1, 1], metrics.TopKAccuracyForAllK);
    }

    [TestMethod]
    public void Scores_are_clamped_to_probabilities()
    {
        MulticlassClassificationMetrics metrics = Evaluate([("b", [3, 2, 1]), ("a", [-1, 5, 2]), ("c", [-1, 5, -2])]);

        AssertClose([0, 0, LargestLoss], metrics.PerClassLogLoss);
        Assert.AreEqual(LargestLoss / 3, metrics.LogLoss, 1e-13);
    }

    [TestMethod]
    public void Rows_with_a_missing_label_or_a_NaN_score_do_not_count()
    {
        MulticlassClassificationMetrics metrics = Evaluate([.. ScoredRows.Six, ("", [1, 0, 0]), ("a", [float.NaN, 0.2f, 0.1f])]);

        Assert.AreEqual(0.5, metrics.MicroAccuracy, 1e-15);
        Assert.AreEqual(6.284810335729045, metrics.LogLoss, 1e-14);
    }

    [TestMethod]
    public void A_class_without_rows_does_not_count_for_macro_accuracy()
    {
        MulticlassClassificationMetrics metrics = Evaluate([("b", [0.7f, 0.2f, 0.1f]), ("a", [0.1f, 0.8f, 0.1f])]);

        Assert.AreEqual(1, metrics.MacroAccuracy, 1e-15);
        Assert.AreEqual(1 - ((Loss(0.7f) + Loss(0.8f)) / 2 / Math.Log(2)), metrics.LogLossReduction, 1e-14);
        AssertClose([Loss(0.7f), Loss(0.8f), 0], metrics.PerClassLogLoss);
    }

    [TestMethod]
    public void A_class_that_the_model_has_no_score_for_is_always_wrong()
    {
        MulticlassClassificationMetrics metrics = Evaluate([.. ScoredRows.Six, ("d", [0.7f, 0.2f, 0.1f])]);

        Assert.AreEqual(3 / 7.0, metrics.MicroAccuracy, 1e-15);
        Assert.AreEqual(0.5, metrics.MacroAccuracy, 1e-15);
        Assert.AreEqual(((6 * 6.284810335729045) + LargestLoss) / 7, metrics.LogLoss, 1e-13);
        Assert.AreEqual(3, metrics.ConfusionMatrix.NumberOfClasses);
    }

    [TestMethod]
    public void A_label_can_be_a_class_number()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable<NumberRow>(
        [
            new() { Label = 0, Score = [0.7f, 0.2f, 0.1f] }, new() { Label = 2, Score = [0.7f, 0.2f, 0.1f] },
            new() { Label = float.NaN, Score = [0.7f, 0.2f, 0.1f] }, new() { Label = -1, Score = [0.7f, 0.2f, 0.1f] },
        ]);

        MulticlassClassificationMetrics metrics = _mlContext.MulticlassClassification.Evaluate(data);

        Assert.AreEqual(0.5, metrics.MicroAccuracy, 1e-15);
        Assert.AreEqual((Loss(0.7f) + Loss(0.1f)) / 2, metrics.LogLoss, 1e-14);
    }

    [TestMethod]
    public void Columns_can_have_other_names()
    {
        IDataView data = ScoredRows.View(_mlContext, ScoredRows.Six);
        IDataView renamed = _mlContext.Transforms.CopyColumns("L", "Label").Append(_mlContext.Transforms.CopyColumns("S", "Score")).Append(_mlContext.Transforms.CopyColumns("P", "PredictedLabel"))
            .Append(_mlContext.Transforms.SelectColumns("L", "S", "P")).Fit(data).Transform(data);

        Assert.AreEqual(0.5, _mlContext.MulticlassClassification.Evaluate(renamed, "L", "S", "P").MicroAccuracy, 1e-15);
    }

    [TestMethod]
    public void Columns_that_do_not_fit_are_named()
    {
        IDataView data = ScoredRows.View(_mlContext, ScoredRows.Six);
        IDataView single = _mlContext.Data.LoadFromEnumerable<SingleRow>([new() { Score = [1] }]);

        StringAssert.Contains(Error(() => _mlContext.MulticlassClassification.Evaluate(data, labelColumnName: "Zed")), "Zed");
        StringAssert.Contains(Error(() => _mlContext.MulticlassClassification.Evaluate(data, scoreColumnName: "Zed")), "Zed");
        StringAssert.Contains(Error(() => _mlContext.MulticlassClassification.Evaluate(data, predictedLabelColumnName: "Zed")), "Zed");
        StringAssert.Contains(Error(() => _mlContext.MulticlassClassification.Evaluate(data, labelColumnName: "Text")), "'Text'");
        StringAssert.Contains(Error(() => _mlContext.MulticlassClassification.Evaluate(data, scoreColumnName: "Text")), "'Text'");
        StringAssert.Contains(Error(() => _mlContext.MulticlassClassification.Evaluate(single)), "'Score'");
    }

    private static string Error(Action action) => Assert.Throws<ArgumentOutOfRangeException>(action).Message;

    private static double Loss(float probability) => -Math.Log(probability);

    private static void AssertClose(double[] expected, IReadOnlyList<double> actual)
    {
        Assert.AreEqual(expected.Length, actual.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], 1e-13, $"class {i}");
        }
    }

    private MulticlassClassificationMetrics Evaluate(IReadOnlyList<(string Label, float[] Scores)> rows, int topK = 0) =>
        _mlContext.MulticlassClassification.Evaluate(ScoredRows.View(_mlContext, rows), topKPredictionCount: topK);

    private sealed class NumberRow
    {
        public float Label { get; set; }

        [VectorType(3)]
        public float[] Score { get; set; } = [];

        [KeyType(3)]
        public uint PredictedLabel { get; set; }
    }

    private sealed class SingleRow
    {
        [KeyType(2)]
        public uint Label { get; set; }

        [VectorType(1)]
        public float[] Score { get; set; } = [];

        [KeyType(2)]
        public uint PredictedLabel { get; set; }
    }
}
