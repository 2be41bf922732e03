using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sal.Core.Numerics;

namespace Sal.Core.Files;

/// <summary>Reads the output of <see cref="ChecksumWriter"/>.</summary>
internal sealed class ChecksumReader(Stream stream)
{
    public const int ChecksumLength = SHA256.HashSizeInBytes;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Stream _stream = stream;

    /// <summary>Continues with another stream. The checksum covers both.</summary>
    public void ContinueWith(Stream stream) => _stream = stream;

    public void Read(Span<byte> bytes)
    {
        _stream.ReadExactly(bytes);
        _hash.AppendData(bytes);
    }

    public int ReadInt32()
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        Read(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    public long ReadInt64()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        Read(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    public double ReadDouble() => BitConverter.Int64BitsToDouble(ReadInt64());

    public float ReadSingle() => BitConverter.Int32BitsToSingle(ReadInt32());

    public void Read(Span<float> values)
    {
        Read(MemoryMarshal.AsBytes(values));
        if (!BitConverter.IsLittleEndian)
        {
            Span<int> bits = MemoryMarshal.Cast<float, int>(values);
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }
    }

    /// <summary>Reads the values of a matrix row by row, without padding.</summary>
    public void Read(PanelMatrix matrix)
    {
        var row = new float[matrix.Columns];
        for (int i = 0; i < matrix.Rows; i++)
        {
            Read(row);
            matrix.SetRow(i, row);
        }
    }

    /// <summary>Reads the checksum and compares it with that of everything read so far.</summary>
    public bool IsIntact()
    {
        Span<byte> stated = stackalloc byte[ChecksumLength];
        _stream.ReadExactly(stated);
        bool isIntact = stated.SequenceEqual(_hash.GetHashAndReset());
        _hash.Dispose();
        return isIntact;
    }
}
