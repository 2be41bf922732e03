using System.Buffers.Binary;
using System.Security.Cryptography;
using Sal.Core.Model;
using Sal.Core.Tests.Files;

namespace Sal.Core.Tests.Faults;

/// <summary>
/// Damaged and hostile model files are refused with an <see cref="InvalidDataException"/> or load as a model that scores.
/// </summary>
[TestClass]
public class ModelFileFaultTests
{
    private const int VersionPlace = 8, HeaderLength = 20, FixedLength = HeaderLength + 33, ChecksumLength = 32;

    // The memory that the buffers of a small network, padded to whole vectors, may take per byte of its file.
    private const int AllowedBytes = 1 << 18, AllowedTimes = 150;

    private static readonly byte[][] Files =
        [.. new[] { 1, 2 }.SelectMany(version => ModelFixtures.KindsOf(version).Select(kind => ModelFixtures.Bytes(version, kind)))];

    private enum Seal
    {
        /// <summary>The damaged file as it is.</summary>
        None,

        /// <summary>With a valid checksum, as in a hostile file.</summary>
        Checksum,

        /// <summary>With a valid payload length and checksum.</summary>
        LengthAndChecksum,
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void A_mutated_file_either_is_refused_or_loads_as_a_model_that_scores(int seed)
    {
        var random = new Random(seed);
        int loaded = 0, refused = 0;
        for (int trial = FaultCount.Of(usual: 2_500, share: 0.5); trial > 0; trial--)
        {
            byte[] original = Files[random.Next(Files.Length)];
            byte[] mutated = Mutation.Of(original, Files[random.Next(Files.Length)], FixedLength, random);
            var seal = (Seal)random.Next(3);
            Close(mutated, seal);
            Func<byte[], Stream> open =
                random.Next(4) switch { 0 => bytes => new TricklingStream(bytes), _ => bytes => new MemoryStream(bytes) };
            if (TryLoad(mutated, open, $"seed {seed}, {trial} trials left, {seal}") is { } model)
            {
                loaded++;
                byte[] saved = Save(model);
                bool isCurrent = mutated[VersionPlace] == saved[VersionPlace];
                Assert.IsTrue(!isCurrent || mutated.AsSpan().StartsWith(saved), "The model differs from the file.");
                Assert.IsTrue(seal != Seal.None || Files.Any(file => mutated.AsSpan().StartsWith(file)),
                    "A modified file with an old checksum was accepted.");
            }
            else
            {
                refused++;
            }
        }

        Assert.IsGreaterThan(0, loaded);
        Assert.IsGreaterThan(loaded, refused);
    }

    // Of the file "areas", whose router has 3 directions and which has 12 inputs.
    public static IEnumerable<object[]> Contradictions =>
    [
        [1, 20, 0, "0 features"],
        [1, 20, (1 << 24) + 1, "features"],
        [1, 24, -1, "-1 classes"],
        [1, 28, (1 << 16) + 1, "65537 hidden units"],
        [1, 32, (1 << 10) + 1, "1025 layers"],
        [1, 36, (1 << 16) + 1, "65537 areas"],
        [1, 40, 2, "flag"],
        [1, 45, 4, "4 routing directions, not 1 to 3"],
        [1, 45, 0, "0 routing directions"],
        [1, 49, BitConverter.SingleToInt32Bits(float.NaN), "clipping bound is NaN"],
        [1, 49, BitConverter.SingleToInt32Bits(0), "clipping bound is 0"],
        [1, 53, BitConverter.SingleToInt32Bits(float.NaN), "NaN or infinite"],
        [1, 3_001, BitConverter.SingleToInt32Bits(float.NegativeInfinity), "NaN or infinite"],
        [1, 20, 1 << 24, "length does not match"],
        [2, 8, 0, "its format version is 0"],
        [2, 20, 0, "0 features"],
        [2, 24, 0, "0 inputs"],
        [2, 24, (1 << 24) + 1, "16777217 inputs, not 1 to 16777216"],
        [2, 24, 1 << 24, "length does not match"],
        [2, 28, -1, "-1 classes"],
        [2, 44, 2, "flag"],
        [2, 49, 4, "4 routing directions, not 1 to 3"],
        [2, 53, -1, "input 0 is made of feature -1 of 12"],
        [2, 57, 5, "input 2 is made of feature 2 of 12"], // after input 1, which is made of feature 5
        [2, 53 + 11 * 4, 12, "input 11 is made of feature 12 of 12"],
        [2, 20, 11, "input 11 is made of feature 11 of 11"],
        [2, 53 + 12 * 4, BitConverter.SingleToInt32Bits(float.NaN), "NaN or infinite"], // a start
        [2, 53 + 2 * 12 * 4, BitConverter.SingleToInt32Bits(float.PositiveInfinity), "NaN or infinite"], // a slope
        [2, 53 + 3 * 12 * 4, BitConverter.SingleToInt32Bits(5), "bounds of an input are reversed"], // a lower bound above 4
        [2, 53 + 5 * 12 * 4, BitConverter.SingleToInt32Bits(float.NaN), "NaN or infinite"], // of a missing value
    ];

    [TestMethod]
    [DynamicData(nameof(Contradictions))]
    public void A_hostile_file_with_a_valid_checksum_is_refused_with_the_cause(int version, int place, int value, string cause)
    {
        byte[] bytes = ModelFixtures.Bytes(version, "areas");
        Assert.AreEqual(3, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(version == 1 ? 45 : 49)));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(place), value);
        Close(bytes, Seal.Checksum);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => SalModel.Load(new MemoryStream(bytes))).Message, cause);
    }

    [TestMethod]
    public void Sparse_input_with_means_is_refused_in_version_1()
    {
        byte[] bytes = ModelFixtures.Bytes(1, "sparse");
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(53), 1);
        Close(bytes, Seal.Checksum);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => SalModel.Load(new MemoryStream(bytes))).Message, "means");
    }

    [TestMethod]
    public void A_complete_file_larger_than_memory_is_refused_before_it_is_read()
    {
        byte[] bytes = ModelFixtures.Bytes(2, "areas");
        (int Place, int Value)[] layout = [(20, 1 << 24), (24, 1 << 24), (28, 2), (32, 1 << 16), (36, 1), (40, 1), (49, 1)];
        Array.ForEach(layout, part => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(part.Place), part.Value));
        bytes.AsSpan(44, 5).Clear();
        const long Floats = 6L * (1 << 24) + (1 << 24) + 1 + 1 + ((1L << 24) + 1) * (1 << 16) + ((1L << 16) + 1) * 2;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(12), 33 + Floats * sizeof(float));

        long before = GC.GetAllocatedBytesForCurrentThread();
        InsufficientMemoryException exception =
            Assert.ThrowsExactly<InsufficientMemoryException>(() => SalModel.Load(new EndlessStream(bytes)));
        StringAssert.Contains(exception.Message, "16777216 inputs x 65536 hidden units");
        Assert.IsLessThan(1 << 20, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void A_stream_that_returns_one_byte_at_a_time_gives_the_same_model()
    {
        foreach (byte[] bytes in Files)
        {
            CollectionAssert.AreEqual(Save(SalModel.Load(new MemoryStream(bytes))), Save(SalModel.Load(new TricklingStream(bytes))));
        }
    }

    private static SalModel? TryLoad(byte[] bytes, Func<byte[], Stream> open, string trial)
    {
        using Stream stream = open(bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            SalModel model = SalModel.Load(stream);
            AssertAllocation(bytes, before, trial);
            AssertScores(model, trial);
            return model;
        }
        catch (InvalidDataException exception)
        {
            AssertAllocation(bytes, before, trial);
            StringAssert.Contains(exception.Message, "SAL model", trial);
            return null;
        }
        catch (Exception exception) when (exception is not UnitTestAssertException)
        {
            throw new AssertFailedException($"{trial}: {exception}", exception);
        }
    }

    private static void AssertAllocation(byte[] bytes, long before, string trial) =>
        Assert.IsLessThan(AllowedBytes + (long)AllowedTimes * bytes.Length, GC.GetAllocatedBytesForCurrentThread() - before, trial);

    private static void AssertScores(SalModel model, string trial)
    {
        for (int row = 0; row < 3; row++)
        {
            float[] probabilities = ModelFixtures.Predict(model, row + 16);
            Assert.IsTrue(probabilities.All(float.IsFinite), trial);
            Assert.AreEqual(1, probabilities.Sum(), 1e-4, trial);
        }
    }

    private static byte[] Save(SalModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    private static void Close(byte[] bytes, Seal seal)
    {
        if (seal == Seal.None || bytes.Length < HeaderLength + ChecksumLength)
        {
            return;
        }

        if (seal == Seal.LengthAndChecksum)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(12), bytes.Length - HeaderLength - ChecksumLength);
        }

        SHA256.HashData(bytes.AsSpan(..^ChecksumLength), bytes.AsSpan(^ChecksumLength..));
    }

    /// <summary>A stream that can neither seek nor report its length, and returns one byte per read.</summary>
    private sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(1, count));
    }

    /// <summary>A stream that claims to be of unlimited length, as a sparse file can.</summary>
    private sealed class EndlessStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override long Length => long.MaxValue;
    }
}
