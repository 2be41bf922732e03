using System.Buffers.Binary;

namespace Sal.Benchmarks.Data;

/// <summary>Reads the IDX format of MNIST: a magic number that ends in the number of dimensions, their big-endian sizes, bytes.</summary>
internal static class IdxFile
{
    public static LabeledRows Read(byte[] images, byte[] labels, int classCount)
    {
        int rows = BinaryPrimitives.ReadInt32BigEndian(images.AsSpan(4));
        int size = BinaryPrimitives.ReadInt32BigEndian(images.AsSpan(8)) * BinaryPrimitives.ReadInt32BigEndian(images.AsSpan(12));
        if (images[3] != 3 || labels[3] != 1 || images.Length != 16 + (rows * size) || labels.Length != 8 + rows)
        {
            throw new InvalidDataException("These are not a pair of IDX files of images and labels.");
        }

        var features = new float[rows * size];
        for (int i = 0; i < features.Length; i++)
        {
            features[i] = images[16 + i];
        }

        return new LabeledRows(features, [.. labels.Skip(8).Select(label => (int)label)], size, classCount);
    }
}
