using Sal.Core.Data;
using Sal.Core.Numerics;

namespace Sal.Core.Tests.Data;

[TestClass]
public class InputTests
{
    [TestMethod]
    [DataRow(InputScaling.PerFeature)]
    [DataRow(InputScaling.Common)]
    [DataRow(InputScaling.None)]
    public void Rows_are_standardized_according_to_the_scaling(InputScaling scaling)
    {
        const int Features = 21;
        var random = new Random(1);
        float[][] rows = [.. Enumerable.Range(0, 40)
            .Select(_ => Enumerable.Range(0, Features).Select(i => i == 4 ? 7f : random.NextSingle() * i + 100).ToArray())];
        InputTransform transform = InputStandardization.Fit(Build(rows), scaling, 1.5, CancellationToken.None);
        var result = new PanelMatrix(rows.Length, Features);
        for (int row = 0; row < rows.Length; row++)
        {
            transform.Apply(rows[row], result, row);
        }

        double[] all = [.. rows.SelectMany(row => row).Select(x => (double)x)];
        for (int i = 0; i < Features; i++)
        {
            double[] values = scaling == InputScaling.Common ? all : [.. rows.Select(row => (double)row[i])];
            double mean = values.Average(), deviation = Math.Sqrt(values.Average(x => (x - mean) * (x - mean)));
            bool isConstant = rows.All(row => row[i] == rows[0][i]);
            for (int row = 0; row < rows.Length; row++)
            {
                double expected = scaling == InputScaling.None ? rows[row][i] : isConstant ? 0 : (rows[row][i] - mean) / deviation;
                Assert.AreEqual(Math.Clamp(expected, -1.5, 1.5), result[row, i], 1e-4, $"[{row},{i}]");
            }
        }
    }

    [TestMethod]
    public void Unusual_values_at_scoring_stay_finite()
    {
        float[][] rows = [[1, 5], [2, 5], [3, 5]];
        foreach (double? clip in new double?[] { 4, null })
        {
            InputTransform transform = InputStandardization.Fit(Build(rows), InputScaling.PerFeature, clip, CancellationToken.None);
            PanelMatrix result = PanelMatrix.Vector(2);
            foreach (float value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e38f, float.Epsilon })
            {
                transform.Apply([value, value], result, 0);
                Assert.IsTrue(float.IsFinite(result[0, 0]), $"{value}");
                Assert.AreEqual(0f, result[0, 1], "a feature that was constant in training is ignored");
            }

            transform.Apply([float.NaN, 0], result, 0);
            Assert.AreEqual(0f, result[0, 0], "NaN counts as the mean");
        }
    }

    [TestMethod]
    public void The_builder_skips_and_counts_unusable_rows()
    {
        var builder = new TrainingSetBuilder(2, 3);
        Assert.IsTrue(builder.TryAdd([1, 2], 0));
        Assert.IsFalse(builder.TryAdd([1, 2], -1));
        Assert.IsFalse(builder.TryAdd([float.NaN, 2], 1));
        Assert.IsFalse(builder.TryAdd([1, float.NegativeInfinity], 1));
        Assert.IsFalse(builder.TryAdd([1, 2], 1, float.NaN));
        Assert.IsFalse(builder.TryAdd([1, 2], 1, -1));
        Assert.IsFalse(builder.TryAdd([1, 2], 1, 0));
        Assert.IsTrue(builder.TryAdd([3, 4], 2, 0.5f));
        Assert.AreEqual((2, 1L, 2L, 2L, 5L),
            (builder.RowCount, builder.SkippedMissingLabel, builder.SkippedNonFiniteFeatures, builder.SkippedUnusableWeight,
                builder.SkippedRows));
        Assert.ThrowsExactly<ArgumentException>(() => builder.TryAdd([1], 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => builder.TryAdd([1, 2], 3));

        TrainingSet set = builder.Build();
        CollectionAssert.AreEqual(new float[] { 3, 4 }, set.Features(1).Values.ToArray());
        Assert.AreEqual((2, 0.5f, 1f), (set.Label(1), set.Weight(1), set.Weight(0)));
    }

    [TestMethod]
    public void Rows_keep_their_order_across_blocks()
    {
        const int Features = 3_000;
        var builder = new TrainingSetBuilder(Features, 2);
        for (int row = 0; row < 300; row++)
        {
            builder.TryAdd([.. Enumerable.Repeat((float)row, Features)], row % 2);
        }

        TrainingSet set = builder.Build();
        for (int row = 0; row < 300; row++)
        {
            Assert.AreEqual(row, set.Features(row).Values[Features - 1]);
        }
    }

    private static TrainingSet Build(float[][] rows)
    {
        var builder = new TrainingSetBuilder(rows[0].Length, 2);
        foreach (float[] row in rows)
        {
            builder.TryAdd(row, 0);
        }

        return builder.Build();
    }
}
