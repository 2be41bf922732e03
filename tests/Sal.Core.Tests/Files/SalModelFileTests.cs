using Sal.Core.Model;
using Sal.Core.Tests.Data;
using Sal.Core.Training;

namespace Sal.Core.Tests.Files;

/// <summary>Saving models and loading them, intact or damaged.</summary>
[TestClass]
public class SalModelFileTests
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
        int whole = bytes.Length;
        foreach (int length in new[] { 0, 3, 8, 11, 12, 19, 20, 30, 60, 100, whole / 2, whole - 33, whole - 32, whole - 1 })
        {
            byte[] part = bytes[..length];
            var exception = Assert.ThrowsExactly<InvalidDataException>(
                () => SalModel.Load(isSeekable ? new MemoryStream(part) : new OneWayStream(part)), $"{length}");
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
    public void A_newer_version_and_a_file_of_another_kind_are_refused()
    {
        byte[] newer = Save(Trained);
        newer[8] = 3;
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => SalModel.Load(new MemoryStream(newer))).Message, "version 3");
        byte[] other = "PK\x3\x4 something else entirely"u8.ToArray();
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => SalModel.Load(new MemoryStream(other))).Message, "not a SAL model");
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

    /// <summary>A stream that can neither seek nor report its length, like those of zip entries.</summary>
    private sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();
    }
}
