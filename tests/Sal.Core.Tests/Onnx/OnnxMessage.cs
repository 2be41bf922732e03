using System.Text;

namespace Sal.Core.Tests.Onnx;

/// <summary>
/// A protocol buffer message, read without its schema, for what ONNX Runtime does not report: nodes, tensors and versions.
/// </summary>
internal sealed class OnnxMessage
{
    private const int Varint = 0, LengthDelimited = 2; // the only wire types that the writer uses

    private readonly List<(long Field, long Number, byte[] Bytes)> _fields = [];

    public OnnxMessage(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        while (reader.BaseStream.Position < bytes.Length)
        {
            long tag = reader.Read7BitEncodedInt64();
            long number = reader.Read7BitEncodedInt64();
            Assert.Contains((int)(tag & 7), [Varint, LengthDelimited]);
            byte[] content = (tag & 7) == LengthDelimited ? reader.ReadBytes((int)number) : [];
            _fields.Add((tag >> 3, number, content));
        }
    }

    public byte[] Bytes(int field) => _fields.Single(item => item.Field == field).Bytes;

    public long Number(int field) => Numbers(field).Single();

    public long[] Numbers(int field) => [.. _fields.Where(item => item.Field == field).Select(item => item.Number)];

    public string Text(int field) => Texts(field).Single();

    public string[] Texts(int field) => [.. _fields.Where(item => item.Field == field).Select(item => Encoding.UTF8.GetString(item.Bytes))];

    public OnnxMessage Message(int field) => Messages(field).Single();

    public OnnxMessage[] Messages(int field) => [.. _fields.Where(item => item.Field == field).Select(item => new OnnxMessage(item.Bytes))];
}
