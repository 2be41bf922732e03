using Sal.Core.Model;
using Sal.Core.Tests.Data;
using Sal.Core.Training;

namespace Sal.Core.Tests.Model;

[TestClass]
public class SalModelTests
{
    private static readonly ShippedSet Digits = ShippedSet.Digits();
    private static readonly SalModel Trained = Train(new SalTrainingOptions { NumberOfEpochs = 4, HiddenUnits = 40, NumberOfAreas = 4 });

    [TestMethod]
    [DataRow(RoutedLayers.All, LearningRule.Local, false)]
    [DataRow(RoutedLayers.FirstOnly, LearningRule.Local, true)]
    [DataRow(RoutedLayers.All, LearningRule.Backpropagation, true)]
    public void A_loaded_model_scores_and_saves_the_same_bits(RoutedLayers routed, LearningRule rule, bool residual)
    {
        SalModel model = Train(new SalTrainingOptions
        {
            NumberOfEpochs = 2, HiddenUnits = 40, NumberOfAreas = 4, RoutedLayers = routed, Rule = rule, Residual = residual,
            Activation = residual ? ActivationKind.Tanh : ActivationKind.ReLU, InputClip = residual ? null : 4,
        });
        byte[] bytes = Save(model);
        foreach (Stream stream in new Stream[] { new MemoryStream(bytes), new OneWayStream(bytes) })
        {
            SalModel loaded = SalModel.Load(stream);
            Assert.IsTrue(bytes.AsSpan().SequenceEqual(Save(loaded)));
            for (int row = 0; row < 100; row++)
            {
                CollectionAssert.AreEqual(Predict(model, row), Predict(loaded, row));
                Assert.AreEqual(model.GetArea(Digits.Features(row)), loaded.GetArea(Digits.Features(row)));
            }

            Assert.AreEqual(
                (64, 10, 4, 3, 40, residual, routed, model.ParameterCount, model.ActiveParameterCount),
                (loaded.FeatureCount, loaded.ClassCount, loaded.NumberOfAreas, loaded.NumberOfLayers, loaded.HiddenUnits, loaded.Residual,
                    loaded.RoutedLayers, loaded.ParameterCount, loaded.ActiveParameterCount));
        }
    }

    [TestMethod]
    public void Parameters_are_counted_in_all_and_active()
    {
        const long First = 65 * 40 + 41 * 10, Later = 41 * 40 + 41 * 10;
        Assert.AreEqual(First + 2 * Later, Trained.ActiveParameterCount);
        Assert.AreEqual(4 * (First + 2 * Later), Trained.ParameterCount);
    }

    [TestMethod]
    public void Loading_stops_where_the_model_ends()
    {
        byte[] bytes = Save(Trained);
        using var stream = new MemoryStream([.. bytes, .. bytes, 42]);
        SalModel.Load(stream);
        SalModel.Load(stream);
        Assert.AreEqual(42, stream.ReadByte());
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_truncated_model_is_refused_wherever_it_ends(bool isSeekable)
    {
        byte[] bytes = Save(Trained);
        foreach (int length in new[] { 0, 3, 8, 11, 12, 19, 20, 30, 60, 100, bytes.Length / 2, bytes.Length - 33, bytes.Length - 32, bytes.Length - 1 })
        {
            byte[] part = bytes[..length];
            var exception = Assert.ThrowsExactly<InvalidDataException>(() => SalModel.Load(isSeekable ? new MemoryStream(part) : new OneWayStream(part)), $"{length}");
            StringAssert.Contains(exception.Message, "truncated");
        }
    }

    [TestMethod]
    public void An_altered_model_is_refused_wherever_it_is_altered()
    {
        byte[] bytes = Save(Trained);
        var random = new Random(1);
        for (int trial = 0; trial < 400; trial++)
        {
            byte[] altered = [.. bytes];
            int place = trial < 100 ? trial : random.Next(bytes.Length);
            altered[place] ^= (byte)(1 << random.Next(8));
            Assert.ThrowsExactly<InvalidDataException>(() => SalModel.Load(new MemoryStream(altered)), $"byte {place}");
        }

        bytes[bytes.Length / 2] ^= 1;
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => SalModel.Load(new MemoryStream(bytes))).Message, "checksum");
    }

    [TestMethod]
    public void A_newer_version_and_another_file_are_refused_by_name()
    {
        byte[] newer = Save(Trained);
        newer[8] = 2;
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => SalModel.Load(new MemoryStream(newer))).Message, "version 2");
        byte[] other = "PK\x3\x4 something else entirely"u8.ToArray();
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => SalModel.Load(new MemoryStream(other))).Message, "not a SAL model");
    }

    [TestMethod]
    public void A_header_that_promises_gigabytes_allocates_nothing()
    {
        byte[] huge = Save(Trained);
        BitConverter.TryWriteBytes(huge.AsSpan(12), long.MaxValue / 2);
        BitConverter.TryWriteBytes(huge.AsSpan(28), 1 << 24);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.ThrowsExactly<InvalidDataException>(() => SalModel.Load(new MemoryStream(huge)));
        Assert.IsLessThan(1 << 20, GC.GetAllocatedBytesForCurrentThread() - before);
    }

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
    [DataRow(7)]
    [DataRow(1_797)]
    public void A_batch_gives_the_bits_of_its_rows_one_by_one(int count)
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

        float[] withoutAreas = new float[count * 10];
        Trained.PredictBatch(rows, withoutAreas);
        CollectionAssert.AreEqual(probabilities, withoutAreas);

        Assert.ThrowsExactly<ArgumentException>(() => Trained.PredictBatch(new float[65], new float[10]));
        Assert.ThrowsExactly<ArgumentException>(() => Trained.PredictBatch(new float[64], new float[11]));
        Assert.ThrowsExactly<ArgumentException>(() => Trained.PredictBatch(new float[64], new float[10], new int[2]));
    }

    [TestMethod]
    public void Spans_of_another_length_are_refused()
    {
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Trained.Predict(new float[63], new float[10])).Message, "63 features");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Trained.Predict(new float[64], new float[9])).Message, "10 classes");
        Assert.ThrowsExactly<ArgumentException>(() => Trained.GetArea(new float[65]));
    }

    private static SalModel Train(SalTrainingOptions options) => new SalTrainer(options).Train(Digits.Training(0)).Model;

    private static byte[] Save(SalModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    private static float[] Predict(SalModel model, int row)
    {
        var probabilities = new float[model.ClassCount];
        model.Predict(Digits.Features(row), probabilities);
        return probabilities;
    }

    /// <summary>A stream that neither seeks nor knows its length, as those of zip entries.</summary>
    private sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();
    }
}
