using System.Buffers.Binary;

namespace Sal.Tests;

/// <summary>Damage to the bytes of a file, drawn at random.</summary>
internal static class Mutation
{
    private static readonly int[] ExtremeInts =
    [
        0, 1, 2, -1, int.MinValue, int.MaxValue,
        1 << 10, 1 << 16, (1 << 16) + 1, 1 << 24, (1 << 24) + 1, 1 << 30,
        0x7FC00000, 0x7F800000, unchecked((int)0xFF800000), 0x7F7FFFFF,
    ];

    private static readonly long[] ExtremeLongs =
        [0, 1, -1, long.MinValue, long.MaxValue, long.MaxValue - 32, 1L << 30, 1L << 31, 1L << 32, 1L << 40];

    /// <summary>One to three mutations of a copy.</summary>
    /// <param name="bytes">The file, not empty.</param>
    /// <param name="other">Another file, for splices.</param>
    /// <param name="headerLength">The first bytes, which are hit more often than their share.</param>
    /// <param name="random">What decides.</param>
    public static byte[] Of(byte[] bytes, byte[] other, int headerLength, Random random)
    {
        byte[] result = [.. bytes];
        for (int left = random.Next(1, 4); left > 0 && result.Length > 0; left--)
        {
            result = Once(result, other, Math.Min(headerLength, result.Length), random);
        }

        return result;
    }

    private static byte[] Once(byte[] bytes, byte[] other, int headerLength, Random random)
    {
        int place = random.Next(random.Next(2) == 0 ? headerLength : bytes.Length);
        int end = random.Next(place, Math.Min(bytes.Length, place + 200) + 1);
        switch (random.Next(10))
        {
            case 0:
                return bytes[..place];
            case 1:
                return [.. bytes[..place], .. bytes[end..]];
            case 2:
                var inserted = new byte[random.Next(1, 100)];
                random.NextBytes(inserted);
                return [.. bytes[..place], .. inserted, .. bytes[place..]];
            case 3:
                return [.. bytes[..place], .. other[random.Next(other.Length)..]];
            case 4:
                int from = random.Next(bytes.Length - (end - place) + 1);
                byte[] moved = [.. bytes];
                bytes.AsSpan(from, end - place).CopyTo(moved.AsSpan(place));
                bytes.AsSpan(place, end - place).CopyTo(moved.AsSpan(from));
                return moved;
            case 5:
                bytes[place] = (byte)random.Next(256);
                return bytes;
            case 6 or 7 when place + sizeof(int) <= bytes.Length:
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(place / 4 * 4), ExtremeInts[random.Next(ExtremeInts.Length)]);
                return bytes;
            case 8 when place + sizeof(long) <= bytes.Length:
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(place / 4 * 4), ExtremeLongs[random.Next(ExtremeLongs.Length)]);
                return bytes;
            default:
                bytes[place] ^= (byte)(1 << random.Next(8));
                return bytes;
        }
    }
}
