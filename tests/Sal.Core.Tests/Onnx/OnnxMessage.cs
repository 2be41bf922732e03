using System.Text;

namespace Sal.Core.Tests.Onnx;

/// <summary>A protocol buffer message, read field by field without its schema.</summary>
internal sealed class OnnxMessage
{
    private readonly List<(int Field, long Number, byte[] Bytes)> _fields = [];

    public OnnxMessage(byte[] bytes)
    {
        for (int at = 0; at < bytes.Length;)
        {
            int tag = (int)Varint(bytes, ref at);
            long number = Varint(bytes, ref at);
            switch (tag & 7)
            {
                case 0:
                    _fields.Add((tag >> 3, number, []));
                    break;
                case 2:
                    _fields.Add((tag >> 3, 0, bytes[at..(at + (int)number)]));
                    at += (int)number;
                    break;
                default:
                    throw new AssertFailedException($"Wire type {tag & 7} is not used by the writer.");
            }
        }
    }

    public byte[] Bytes(int field) => _fields.Single(item => item.Field == field).Bytes;

    public long Number(int field) => Numbers(field).Single();

    public long[] Numbers(int field) => [.. _fields.Where(item => item.Field == field).Select(item => item.Number)];

    public string Text(int field) => Texts(field).Single();

    public string[] Texts(int field) => [.. _fields.Where(item => item.Field == field).Select(item => Encoding.UTF8.GetString(item.Bytes))];

    public OnnxMessage Message(int field) => Messages(field).Single();

    public OnnxMessage[] Messages(int field) => [.. _fields.Where(item => item.Field == field).Select(item => new OnnxMessage(item.Bytes))];

    private static long Varint(byte[] bytes, ref int at)
    {
        long value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = bytes[at++];
            value |= (long)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
