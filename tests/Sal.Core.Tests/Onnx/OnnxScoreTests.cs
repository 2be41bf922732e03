using Sal.Core.Model;

namespace Sal.Core.Tests.Onnx;

/// <summary>An ONNX runtime gives an exported model's labels, and its scores within 1e-4.</summary>
[TestClass]
public class OnnxScoreTests
{
    private const float Tolerance = 1e-4f;
    private static readonly int[] Batches = [1, 7, 256];
    private static readonly TrainedModels Digits = TrainedModels.Digits();
    private static readonly TrainedModels Letters = TrainedModels.LetterLike(2600);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(1, RoutedLayers.All, ActivationKind.ReLU, false)]
    [DataRow(8, RoutedLayers.All, ActivationKind.ReLU, false)]
    [DataRow(4, RoutedLayers.FirstOnly, ActivationKind.Tanh, true)]
    [DataRow(3, RoutedLayers.All, ActivationKind.Tanh, true)]
    public void Digits_scores_are_the_engines(int areas, RoutedLayers routed, ActivationKind activation, bool residual)
    {
        OnnxRuntime.Require();
        SalModel model = Digits.Train(options => (options.NumberOfAreas, options.RoutedLayers, options.Activation, options.Residual) = (areas, routed, activation, residual));
        AssertSameScores(model, [.. Digits.Rows, .. UnusualRows(model)]);
    }

    [TestMethod]
    public void Letter_scores_are_the_engines()
    {
        OnnxRuntime.Require();
        AssertSameScores(Letters.Train(options => options.NumberOfAreas = 16), Letters.Rows);
    }

    [TestMethod]
    public void Scores_of_rows_that_are_mostly_zero_are_the_engines()
    {
        OnnxRuntime.Require();
        TrainedModels texts = TrainedModels.TextLike(400);
        AssertSameScores(texts.Train(options => (options.NumberOfAreas, options.HiddenUnits) = (3, 32)), texts.Rows);
    }

    [TestMethod]
    public void Scores_are_never_NaN()
    {
        OnnxRuntime.Require();
        SalModel model = Digits.Train(options => (options.NumberOfAreas, options.InputClip) = (2, null));
        float[][] rows = [.. UnusualRows(model)];
        foreach (OnnxResult result in Score(model, rows))
        {
            float[] scores = result.Floats("Score");
            for (int row = 0; row < rows.Length; row++)
            {
                Assert.AreEqual(1f, scores.Skip(row * model.ClassCount).Take(model.ClassCount).Sum(), 1e-5f, $"row {row}");
            }
        }
    }

    [TestMethod]
    public void A_row_costs_about_one_area_whatever_their_number()
    {
        OnnxRuntime.Require();
        SalModel one = Letters.Train(options => options.NumberOfEpochs = 1);
        SalModel sixteen = Letters.Train(options => options.NumberOfAreas = 16);
        IReadOnlyList<OnnxResult> oneArea = Score(one, Letters.Rows, timings: true), sixteenAreas = Score(sixteen, Letters.Rows, timings: true);
        for (int i = 0; i < Batches.Length; i++)
        {
            double ratio = sixteenAreas[i].Microseconds / oneArea[i].Microseconds;
            TestContext.WriteLine($"batch {Batches[i]}: {sixteenAreas[i].Microseconds:F0} us with 16 areas, {oneArea[i].Microseconds:F0} us with one, ratio {ratio:F2}");
        }

        Assert.IsLessThan(4, sixteenAreas[^1].Microseconds / oneArea[^1].Microseconds, "16 would be dense evaluation");
    }

    private static IEnumerable<float[]> UnusualRows(SalModel model)
    {
        foreach (float value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, 0 })
        {
            yield return [.. Enumerable.Repeat(value, model.FeatureCount)];
            float[] row = [.. Digits.Rows[0]];
            row[20] = value;
            yield return row;
        }
    }

    private static void AssertSameScores(SalModel model, IReadOnlyList<float[]> rows)
    {
        foreach (OnnxResult result in Score(model, rows))
        {
            Assert.AreEqual(model.ClassCount, result.Columns("Score"));
            Assert.IsNull(result.Columns("PredictedLabel"));
            float[] scores = result.Floats("Score");
            long[] labels = result.Longs("PredictedLabel");
            Assert.HasCount(rows.Count, labels);
            var expected = new float[model.ClassCount];
            for (int row = 0; row < rows.Count; row++)
            {
                model.Predict(rows[row], expected);
                Assert.AreEqual(Array.IndexOf(expected, expected.Max()), labels[row], $"label of row {row}, batches of {result.Batch}");
                for (int c = 0; c < expected.Length; c++)
                {
                    Assert.AreEqual(expected[c], scores[row * expected.Length + c], Tolerance, $"score {c} of row {row}, batches of {result.Batch}");
                }
            }
        }
    }

    private static IReadOnlyList<OnnxResult> Score(SalModel model, IReadOnlyList<float[]> rows, bool timings = false) => OnnxRuntime.Score(
        TrainedModels.Onnx(model), [OnnxRuntime.Input("Features", [model.FeatureCount], [.. rows.SelectMany(row => row)])], ["Score", "PredictedLabel"], Batches, timings);
}
