using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Tests.Data;
using Sal.Core.Training;

namespace Sal.Core.Tests.Scoring;

/// <summary>Scoring single rows and batches.</summary>
[TestClass]
public class ScoringTests
{
    private static readonly ShippedSet Digits = ShippedSet.Digits();
    private static readonly SalModel Trained = Train(new SalTrainingOptions { NumberOfEpochs = 4, HiddenUnits = 40, NumberOfAreas = 4 });

    [TestMethod]
    public void Unusual_rows_get_probabilities_that_sum_to_one()
    {
        foreach (float value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, 0f })
        {
            var features = new float[64];
            Array.Fill(features, value);
            var probabilities = new float[10];
            Trained.Predict(features, probabilities);
            Assert.IsFalse(probabilities.Any(float.IsNaN));
            Assert.AreEqual(1, probabilities.Sum(), 1e-5, $"{value}");
        }
    }

    [TestMethod]
    public void Scoring_allocates_nothing_and_serves_many_threads()
    {
        float[][] expected = [.. Enumerable.Range(0, 200).Select(row => Predict(Trained, row))];
        Parallel.For(0, 64, _ =>
        {
            var probabilities = new float[10];
            for (int row = 0; row < 200; row++)
            {
                Trained.Predict(Digits.Features(row), probabilities);
                CollectionAssert.AreEqual(expected[row], probabilities);
            }
        });

        var result = new float[10];
        Trained.Predict(Digits.Features(0), result);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int row = 0; row < 1_000; row++)
        {
            Trained.Predict(Digits.Features(row), result);
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(4)]
    [DataRow(7)]
    [DataRow(1_797)]
    public void Scoring_a_batch_gives_the_same_bits_as_scoring_row_by_row(int count)
    {
        var rows = new float[count * 64];
        var probabilities = new float[count * 10];
        for (int row = 0; row < count; row++)
        {
            Digits.Features(row).CopyTo(rows.AsSpan(row * 64));
        }

        int[] areas = new int[count];
        Trained.PredictBatch(rows, probabilities, areas);

        for (int row = 0; row < count; row++)
        {
            CollectionAssert.AreEqual(Predict(Trained, row), probabilities[(row * 10)..(row * 10 + 10)]);
            Assert.AreEqual(Trained.GetArea(Digits.Features(row)), areas[row]);
            Trained.Predict(Digits.Features(row), new float[10], out int area);
            Assert.AreEqual(area, areas[row]);
        }

        float[] supplied = new float[count * 10];
        Trained.PredictBatch(count, row => row % 2 == 0 ? new FeatureVector(Digits.Features(row)) : Sparse(row), supplied, []);
        CollectionAssert.AreEqual(probabilities, supplied);

        float[] withoutAreas = new float[count * 10];
        Trained.PredictBatch(rows, withoutAreas);
        CollectionAssert.AreEqual(probabilities, withoutAreas);

        Assert.ThrowsExactly<ArgumentException>(() => Trained.PredictBatch(new float[65], new float[10]));
        Assert.ThrowsExactly<ArgumentException>(() => Trained.PredictBatch(new float[64], new float[11]));
        Assert.ThrowsExactly<ArgumentException>(() => Trained.PredictBatch(new float[64], new float[10], new int[2]));
        Assert.ThrowsExactly<ArgumentException>(() => Trained.PredictBatch(1, _ => new FeatureVector(new float[64]), new float[11], []));
        Assert.ThrowsExactly<ArgumentException>(
            () => Trained.PredictBatch(1, _ => new FeatureVector(new float[64]), new float[10], new int[2]));
        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(
            () => Trained.PredictBatch(2, row => new FeatureVector(new float[row == 1 ? 63 : 64]), new float[20], []));
        Assert.AreEqual("Row 1 has 63 features, but the model was trained on 64.", error.Message);

        static FeatureVector Sparse(int row)
        {
            float[] features = Digits.Features(row).ToArray();
            int[] indices = [.. Enumerable.Range(0, features.Length).Where(i => features[i] != 0)];
            float[] values = [.. indices.Select(i => features[i])];
            return new FeatureVector(features.Length, indices, values);
        }
    }

    [TestMethod]
    public void Spans_of_the_wrong_length_are_refused()
    {
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => Trained.Predict(new float[63], new float[10])).Message, "63 features");
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => Trained.Predict(new float[64], new float[9])).Message, "10 classes");
        Assert.ThrowsExactly<ArgumentException>(() => Trained.GetArea(new float[65]));
    }

    [TestMethod]
    public void Total_and_active_parameters_are_counted()
    {
        Assert.AreEqual(61, Trained.GetInputEncoding().Count, "of 64 features, 3 are constant");
        const long First = 62 * 40 + 41 * 10, Later = 41 * 40 + 41 * 10;
        Assert.AreEqual(First + 2 * Later, Trained.ActiveParameterCount);
        Assert.AreEqual(4 * (First + 2 * Later), Trained.ParameterCount);
    }

    [TestMethod]
    [DataRow(RoutedLayers.All)]
    [DataRow(RoutedLayers.FirstOnly)]
    public void Classes_in_another_order_have_the_same_probabilities(RoutedLayers routed)
    {
        var options = new SalTrainingOptions { NumberOfEpochs = 2, HiddenUnits = 16, NumberOfAreas = 3, RoutedLayers = routed };
        SalModel model = new SalTrainer(options).Train(Digits.Training(0)).Model;
        int[] order = [3, 0, 9, 1, 2, 8, 7, 4, 6, 5];
        SalModel other = model.WithClasses(order);
        float[] expected = new float[10], actual = new float[10];
        for (int row = 0; row < 50; row++)
        {
            model.Predict(Digits.Features(row), expected);
            other.Predict(Digits.Features(row), actual);
            for (int i = 0; i < 10; i++)
            {
                Assert.AreEqual(expected[order[i]], actual[i], 1e-6f);
            }
        }

        Assert.ThrowsExactly<ArgumentException>(() => model.WithClasses([0, 0, 1, 2, 3, 4, 5, 6, 7, 8]));
        Assert.ThrowsExactly<ArgumentException>(() => model.WithClasses([0, 1]));
    }

    private static SalModel Train(SalTrainingOptions options) => new SalTrainer(options).Train(Digits.Training(0)).Model;

    private static float[] Predict(SalModel model, int row)
    {
        var probabilities = new float[model.ClassCount];
        model.Predict(Digits.Features(row), probabilities);
        return probabilities;
    }
}
