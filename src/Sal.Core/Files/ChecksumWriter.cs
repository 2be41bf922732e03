using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sal.Core.Numerics;

namespace Sal.Core.Files;

/// <summary>Writes little-endian values, followed by the SHA-256 hash of all of them.</summary>
internal sealed class ChecksumWriter(Stream stream)
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        stream.Write(bytes);
    }

    public void Write(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Write(bytes);
    }

    public void Write(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        Write(bytes);
    }

    public void Write(double value) => Write(BitConverter.DoubleToInt64Bits(value));

    public void Write(float value) => Write([value]);

    public void Write(ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            Write(MemoryMarshal.AsBytes(values));
            return;
        }

        var reversed = new int[values.Length];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(values), reversed);
        Write(MemoryMarshal.AsBytes(reversed.AsSpan()));
    }

    /// <summary>Writes the values of a matrix row by row, without padding.</summary>
    public void Write(PanelMatrix matrix)
    {
        var row = new float[matrix.Columns];
        for (int i = 0; i < matrix.Rows; i++)
        {
            matrix.CopyRowTo(i, row);
            Write(row);
        }
    }

    /// <summary>Writes the checksum of everything written so far.</summary>
    public void WriteChecksum()
    {
        stream.Write(_hash.GetHashAndReset());
        _hash.Dispose();
    }
}
