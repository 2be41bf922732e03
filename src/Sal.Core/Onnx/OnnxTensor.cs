using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sal.Core.Onnx;

/// <summary>Creates TensorProto messages.</summary>
internal static class OnnxTensor
{
    /// <summary>A value of TensorProto.DataType.</summary>
    public const int Float = 1, Int64 = 7;

    public static ProtobufMessage From(string name, float[] values, ReadOnlySpan<int> shape)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(values.AsSpan()).CopyTo(bytes);
        }
        else
        {
            BinaryPrimitives.ReverseEndianness(
                MemoryMarshal.Cast<float, int>((ReadOnlySpan<float>)values), MemoryMarshal.Cast<byte, int>(bytes.AsSpan()));
        }

        return From(name, Float, bytes, shape);
    }

    public static ProtobufMessage From(string name, long[] values, ReadOnlySpan<int> shape)
    {
        var bytes = new byte[values.Length * sizeof(long)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        }

        return From(name, Int64, bytes, shape);
    }

    private static ProtobufMessage From(string name, int elementType, byte[] rawData, ReadOnlySpan<int> shape)
    {
        var tensor = new ProtobufMessage();
        foreach (int dimension in shape)
        {
            tensor.Add(field: 1, dimension);
        }

        return tensor.Add(field: 2, elementType).Add(field: 8, name).Add(field: 9, rawData);
    }
}
