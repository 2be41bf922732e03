using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Training;

/// <summary>
/// A set that resembles Shuttle: 9 features and 7 classes, the largest with four fifths of the rows and the smallest with one row in 4,000.
/// The classes overlap, so a trainer that only counts rows gives up the small ones.
/// </summary>
[TestClass]
public class UnbalancedTests
{
    private const int FeatureCount = 9;
    private const int ClassCount = 7;

    // Rows per class among 20,000.
    private static readonly int[] _counts = [15_700, 3_060, 1_120, 60, 35, 20, 5];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void UnbalancedSets_raises_macro_accuracy()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView training = mlContext.Data.LoadFromEnumerable(Rows(_counts, seed: 1));
        IDataView test = mlContext.Data.LoadFromEnumerable(Rows([.. Enumerable.Repeat(400, ClassCount)], seed: 2));

        MulticlassClassificationMetrics without = Train(false), with = Train(true);

        TestContext.WriteLine($"Macro accuracy: {without.MacroAccuracy:F3} without UnbalancedSets, {with.MacroAccuracy:F3} with.");
        TestContext.WriteLine($"Smallest class (1 of 4,000): {Recall(without):F3} without UnbalancedSets, {Recall(with):F3} with.");
        Assert.IsGreaterThan(without.MacroAccuracy + 0.05, with.MacroAccuracy);
        Assert.IsGreaterThan(Recall(without), Recall(with));

        MulticlassClassificationMetrics Train(bool isUnbalanced) => mlContext.MulticlassClassification.Evaluate(
            mlContext.SmallSal(options => (options.UnbalancedSets, options.NumberOfAreas, options.LearningRate) = (isUnbalanced, 4, 1e-3))
                .Fit(training).Transform(test));

        static double Recall(MulticlassClassificationMetrics metrics) => metrics.ConfusionMatrix.PerClassRecall[ClassCount - 1];
    }

    private static ShuttleRow[] Rows(int[] counts, int seed)
    {
        var centers = new Random(0);
        float[][] center = [.. counts.Select(_ => Enumerable.Range(0, FeatureCount).Select(_ => Gaussian(centers)).ToArray())];
        var random = new Random(seed);
        ShuttleRow[] rows =
        [
            .. counts.SelectMany((count, label) => Enumerable.Range(0, count).Select(_ => new ShuttleRow
            {
                Features = [.. center[label].Select(x => x + Gaussian(random))],
                Label = (uint)label,
            })),
        ];
        random.Shuffle(rows);
        return rows;
    }

    // The Box-Muller transform.
    private static float Gaussian(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    private sealed class ShuttleRow
    {
        [VectorType(FeatureCount)]
        public float[] Features { get; set; } = [];

        [KeyType(ClassCount)]
        public uint Label { get; set; }
    }
}
