using System.Buffers.Binary;
using System.IO.Compression;
using Sal.Benchmarks.Data;

namespace Sal.Benchmarks.Tests;

[TestClass]
public class ImageFileTests
{
    [TestMethod]
    public void Idx_files_give_a_row_an_image()
    {
        byte[] images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255];
        LabeledRows rows = IdxFile.Read(images, [0, 0, 8, 1, 0, 0, 0, 2, 7, 0], classCount: 10);
        CollectionAssert.AreEqual(new[] { 4f, 5f, 255f }, rows.Features(1).ToArray());
        CollectionAssert.AreEqual(new[] { 7, 0 }, rows.Labels.ToArray());
        Assert.ThrowsExactly<InvalidDataException>(() => IdxFile.Read(images, [0, 0, 8, 1, 0, 0, 0, 1, 7], classCount: 10));
    }

    [TestMethod]
    public void Cifar_batches_give_pixels_of_three_values()
    {
        var batch = new byte[2 * 3073];
        (batch[0], batch[1], batch[1 + 1024], batch[1 + 2048], batch[2], batch[3073], batch[6145]) = (7, 10, 20, 30, 11, 3, 99);
        (byte[] labels, byte[] pixels) = CifarSet.ReadBatch(batch);
        CollectionAssert.AreEqual(new byte[] { 7, 3 }, labels);
        CollectionAssert.AreEqual(new byte[] { 10, 20, 30, 11 }, pixels[..4]);
        Assert.AreEqual(99, pixels[^1]);
    }

    // Each filter codes the differences from pixels that are known already.
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    public void A_png_image_gives_its_pixels_row_by_row(int filter)
    {
        var random = new Random(filter);
        const int Width = 1_024, Height = 4;
        var pixels = new byte[Height * Width * 3];
        random.NextBytes(pixels);
        CollectionAssert.AreEqual(pixels, CifarSet.ReadImage(Png(pixels, Width, Height, filter)));
    }

    [TestMethod]
    public void A_png_image_of_another_width_is_refused() => StringAssert.Contains(
        Assert.ThrowsExactly<InvalidDataException>(() => CifarSet.ReadImage(Png(new byte[6], 2, 1, 0))).Message, "2 pixels wide");

    private static byte[] Png(byte[] pixels, int width, int height, int filter)
    {
        int stride = 3 * width;
        using var coded = new MemoryStream();
        using (var deflated = new ZLibStream(coded, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (int row = 0; row < height; row++)
            {
                deflated.WriteByte((byte)filter);
                for (int i = 0; i < stride; i++)
                {
                    int left = i < 3 ? 0 : pixels[(row * stride) + i - 3];
                    int above = row == 0 ? 0 : pixels[((row - 1) * stride) + i];
                    int aboveLeft = i < 3 || row == 0 ? 0 : pixels[((row - 1) * stride) + i - 3];
                    int[] nearest = [.. new[] { left, above, aboveLeft }.OrderBy(x => Math.Abs(left + above - aboveLeft - x))];
                    int estimate = filter switch { 0 => 0, 1 => left, 2 => above, 3 => (left + above) / 2, _ => nearest[0] };
                    deflated.WriteByte((byte)(pixels[(row * stride) + i] - estimate));
                }
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return [0x89, .. "PNG\r\n\x1A\n"u8, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, coded.ToArray()), .. Chunk("IEND"u8, [])];
    }

    // The reader does not look at the checksum of a chunk: the file's own is verified.
    private static byte[] Chunk(ReadOnlySpan<byte> kind, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        return [.. length, .. kind, .. data, 0, 0, 0, 0];
    }
}
