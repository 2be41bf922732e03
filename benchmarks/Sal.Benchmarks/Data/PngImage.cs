using System.Buffers.Binary;
using System.IO.Compression;

namespace Sal.Benchmarks.Data;

/// <summary>Reads 8-bit RGB images that are not interlaced.</summary>
internal static class PngImage
{
    private const int BytesPerPixel = 3;

    /// <summary>The bytes of the pixels, height x width x 3.</summary>
    public static (byte[] Pixels, int Width, int Height) Read(byte[] file)
    {
        int width = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16));
        int height = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20));
        if (file[24] != 8 || file[25] != 2 || file[28] != 0)
        {
            throw new InvalidDataException("The image is not 8-bit RGB without interlacing.");
        }

        using var compressed = new MemoryStream();
        for (int place = 8; place < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(place));
            if (file.AsSpan(place + 4, 4).SequenceEqual("IDAT"u8))
            {
                compressed.Write(file, place + 8, length);
            }

            place += length + 12;
        }

        compressed.Position = 0;
        using var inflated = new ZLibStream(compressed, CompressionMode.Decompress);
        int stride = width * BytesPerPixel;
        var pixels = new byte[height * stride];
        Span<byte> above = new byte[stride];
        for (int row = 0; row < height; row++)
        {
            int filter = inflated.ReadByte();
            Span<byte> line = pixels.AsSpan(row * stride, stride);
            inflated.ReadExactly(line);
            Unfilter(filter, line, above);
            above = line;
        }

        return (pixels, width, height);
    }

    private static void Unfilter(int filter, Span<byte> line, ReadOnlySpan<byte> above)
    {
        for (int i = 0; i < line.Length; i++)
        {
            int left = i < BytesPerPixel ? 0 : line[i - BytesPerPixel];
            int aboveLeft = i < BytesPerPixel ? 0 : above[i - BytesPerPixel];
            line[i] += (byte)(filter switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                4 => Paeth(left, above[i], aboveLeft),
                _ => throw new InvalidDataException($"Unknown row filter {filter}."),
            });
        }
    }

    private static int Paeth(int left, int above, int aboveLeft)
    {
        int estimate = left + above - aboveLeft;
        int toLeft = Math.Abs(estimate - left), toAbove = Math.Abs(estimate - above), toAboveLeft = Math.Abs(estimate - aboveLeft);
        return toLeft <= toAbove && toLeft <= toAboveLeft ? left : toAbove <= toAboveLeft ? above : aboveLeft;
    }
}
