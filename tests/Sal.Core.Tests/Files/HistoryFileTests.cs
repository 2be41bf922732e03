using Sal.Core.Training;

namespace Sal.Core.Tests.Files;

[TestClass]
public class HistoryFileTests
{
    private static readonly SalEpoch[] Epochs =
    [
        new(1, TrainingPhase.Shared, 0.001, 0.7, 0.5, 1.25, [60], 0.9, 0.4),
        new(2, TrainingPhase.Routed, 0.0005, 0.3, 0.9, 1.5, [20, 40]),
    ];

    [TestMethod]
    public void A_loaded_history_equals_the_saved_one() => AssertRead(Save());

    [TestMethod]
    public void A_version_1_history_without_a_checksum_is_read()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(1);
        writer.Write(Epochs.Length);
        foreach (SalEpoch epoch in Epochs)
        {
            writer.Write(epoch.Epoch);
            writer.Write((int)epoch.Phase);
            Array.ForEach(
                [
                    epoch.LearningRate, epoch.TrainingLoss, epoch.TrainingAccuracy, epoch.Seconds,
                    epoch.ValidationLoss ?? double.NaN, epoch.ValidationAccuracy ?? double.NaN,
                ],
                writer.Write);
            writer.Write(epoch.AreaLoads.Count);
            Array.ForEach([.. epoch.AreaLoads], writer.Write);
        }

        AssertRead(stream.ToArray());
    }

    [TestMethod]
    public void A_mutated_history_is_refused()
    {
        var random = new Random(1);
        byte[] bytes = Save();
        for (int trial = FaultCount.Of(usual: 1_000, share: 0.1); trial > 0; trial--)
        {
            byte[] mutated = Mutation.Of(bytes, bytes, headerLength: 16, random);
            if (mutated.AsSpan().StartsWith(bytes))
            {
                continue; // Bytes after the history are not read.
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            InvalidDataException exception =
                Assert.ThrowsExactly<InvalidDataException>(() => SalTrainingHistory.Load(new MemoryStream(mutated)));
            Assert.Contains("training history", exception.Message);
            Assert.IsLessThan(1 << 18, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private static byte[] Save()
    {
        using var stream = new MemoryStream();
        new SalTrainingHistory(Epochs).Save(stream);
        return stream.ToArray();
    }

    private static void AssertRead(byte[] bytes)
    {
        IReadOnlyList<SalEpoch> read = SalTrainingHistory.Load(new MemoryStream(bytes)).Epochs;
        Assert.HasCount(Epochs.Length, read);
        for (int i = 0; i < Epochs.Length; i++)
        {
            CollectionAssert.AreEqual(Epochs[i].AreaLoads.ToArray(), read[i].AreaLoads.ToArray());
            Assert.AreEqual(Epochs[i], read[i] with { AreaLoads = Epochs[i].AreaLoads });
        }
    }
}
