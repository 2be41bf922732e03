using System.Text;

namespace Sal.Core.Onnx;

/// <summary>
/// A protocol buffer message in wire format, written field by field. Long byte fields are kept by reference and nested messages as lists of
/// parts, so that weights are not copied on their way to the stream.
/// </summary>
internal sealed class ProtobufMessage
{
    private const int VarintWireType = 0, LengthDelimitedWireType = 2;

    private readonly List<ReadOnlyMemory<byte>> _parts = [];

    public long Length { get; private set; }

    public ProtobufMessage Add(int field, long value)
    {
        AddTag(field, VarintWireType);
        AddVarint((ulong)value);
        return this;
    }

    public ProtobufMessage Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

    public ProtobufMessage Add(int field, ReadOnlyMemory<byte> value)
    {
        AddTag(field, LengthDelimitedWireType);
        AddVarint((ulong)value.Length);
        AddPart(value);
        return this;
    }

    public ProtobufMessage Add(int field, ProtobufMessage value)
    {
        AddTag(field, LengthDelimitedWireType);
        AddVarint((ulong)value.Length);
        return Append(value);
    }

    /// <summary>Appends the fields of another message.</summary>
    public ProtobufMessage Append(ProtobufMessage fields)
    {
        fields._parts.ForEach(AddPart);
        return this;
    }

    public void WriteTo(Stream stream) => _parts.ForEach(part => stream.Write(part.Span));

    private void AddTag(int field, int wireType) => AddVarint((ulong)(field << 3 | wireType));

    // Seven bits per byte, lowest first; the top bit means that more bytes follow.
    private void AddVarint(ulong value)
    {
        Span<byte> bytes = stackalloc byte[10];
        int count = 0;
        for (; value >= 0x80; value >>= 7)
        {
            bytes[count++] = (byte)(value | 0x80);
        }

        bytes[count++] = (byte)value;
        AddPart(bytes[..count].ToArray());
    }

    private void AddPart(ReadOnlyMemory<byte> part)
    {
        _parts.Add(part);
        Length += part.Length;
    }
}
