using Sal.Core.Data;
using Sal.Core.Numerics;

namespace Sal.Core.Tests.Data;

[TestClass]
public class InputTests
{
    // For InputScaling.PerFeature see InputEncodingTests.
    [TestMethod]
    [DataRow(InputScaling.Common)]
    [DataRow(InputScaling.None)]
    public void Rows_are_standardized_according_to_the_scaling(InputScaling scaling)
    {
        const int Features = 21;
        var random = new Random(1);
        float[][] rows = [.. Enumerable.Range(0, 40)
            .Select(_ => Enumerable.Range(0, Features).Select(i => i == 4 ? 7f : random.NextSingle() * i + 100).ToArray())];
        InputEncoding encoding = Encodings.Fit(Build(rows), Encodings.Options with { Scaling = scaling, Clip = 1.5 });
        Assert.AreEqual(Features, encoding.InputCount);
        var result = new PanelMatrix(rows.Length, Features);
        for (int row = 0; row < rows.Length; row++)
        {
            encoding.Apply(rows[row], result, row);
        }

        double[] all = [.. rows.SelectMany(row => row).Select(x => (double)x)];
        double mean = all.Average(), deviation = Math.Sqrt(all.Average(x => (x - mean) * (x - mean)));
        for (int i = 0; i < Features; i++)
        {
            bool isConstant = rows.All(row => row[i] == rows[0][i]);
            for (int row = 0; row < rows.Length; row++)
            {
                double expected = scaling == InputScaling.None ? rows[row][i] : isConstant ? 0 : (rows[row][i] - mean) / deviation;
                Assert.AreEqual(Math.Clamp(expected, -1.5, 1.5), result[row, i], 1e-4, $"[{row},{i}]");
            }
        }
    }

    // A missing value in training has an indicator, and does not count in the mean of all features.
    [TestMethod]
    public void Missing_values_have_an_indicator_in_every_scaling()
    {
        float[][] rows = [[1, float.NaN, float.NaN], [3, 1, float.NaN], [5, float.NaN, float.NaN]];
        InputEncoding encoding = Encodings.Fit(Build(rows), Encodings.Options with { Scaling = InputScaling.Common });
        PanelMatrix result = PanelMatrix.Vector(encoding.InputCount);
        encoding.Apply([5, float.NaN, 1], result, 0); // the last one was missing in all rows
        double deviation = Math.Sqrt(((1 + 1 + 9) / 3.0 + 1) / 2); // of 1, 3, 5 and of 1, about the mean 2 of both means
        float[] expected = [(float)((5 - 2) / deviation), 0, 2, 0];
        CollectionAssert.AreEqual(
            new[] { 0, 1, 1, 2 }, Enumerable.Range(0, encoding.InputCount).Select(i => encoding[i].Feature).ToArray());
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], result[0, i], 1e-5f, $"input {i}");
        }
    }

    [TestMethod]
    public void Unusual_values_at_scoring_stay_finite()
    {
        float[][] rows = [[1, 5], [2, 5], [4, 5]];
        foreach (double? clip in new double?[] { 4, null })
        {
            InputEncoding encoding = Encodings.Fit(Build(rows), Encodings.Options with { Clip = clip });
            Assert.AreEqual(1, encoding.InputCount, "a feature that was constant in training is ignored");
            PanelMatrix result = PanelMatrix.Vector(1);
            foreach (float value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e38f, float.Epsilon })
            {
                encoding.Apply([value, value], result, 0);
                Assert.IsTrue(float.IsFinite(result[0, 0]), $"{value}");
            }

            encoding.Apply([2, 0], result, 0);
            float median = result[0, 0];
            encoding.Apply([float.NaN, 0], result, 0);
            Assert.AreEqual(median, result[0, 0], "NaN counts as the median where none was missing in training");
        }
    }

    [TestMethod]
    public void The_builder_skips_and_counts_unusable_rows()
    {
        var builder = new TrainingSetBuilder(2, 3);
        Assert.IsTrue(builder.TryAdd([1, 2], 0));
        Assert.IsFalse(builder.TryAdd([1, 2], -1));
        Assert.IsTrue(builder.TryAdd([float.NaN, float.NegativeInfinity], 1));
        Assert.IsFalse(builder.TryAdd([1, 2], 1, float.NaN));
        Assert.IsFalse(builder.TryAdd([1, 2], 1, -1));
        Assert.IsFalse(builder.TryAdd([1, 2], 1, 0));
        Assert.IsTrue(builder.TryAdd([3, 4], 2, 0.5f));
        Assert.AreEqual((3, 1L, 2L, 3L),
            (builder.RowCount, builder.SkippedMissingLabel, builder.SkippedUnusableWeight, builder.SkippedRows));
        Assert.ThrowsExactly<ArgumentException>(() => builder.TryAdd([1], 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => builder.TryAdd([1, 2], 3));

        TrainingSet set = builder.Build();
        CollectionAssert.AreEqual(new[] { float.NaN, float.NegativeInfinity }, set.Features(1).Values.ToArray());
        CollectionAssert.AreEqual(new float[] { 3, 4 }, set.Features(2).Values.ToArray());
        Assert.AreEqual((2, 0.5f, 1f), (set.Label(2), set.Weight(2), set.Weight(0)));
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
