using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Sal.Core.Tests.Onnx;

/// <summary>What the runtime gave for all rows, in batches of one size.</summary>
internal sealed class OnnxResult(JsonObject result)
{
    public int Batch => (int)result["batch"]!;

    /// <summary>The shortest time that a batch took, where it was asked for.</summary>
    public double Microseconds => (double)result["microseconds"]!;

    /// <summary>The columns of an output; null where it has one dimension.</summary>
    public int? Columns(string output) => (int?)Output(output)["columns"];

    public float[] Floats(string output) => Elements<float>(output, "float32");

    public long[] Longs(string output) => Elements<long>(output, "int64");

    public uint[] Keys(string output) => Elements<uint>(output, "uint32");

    public string[] Texts(string output) => [.. Output(output)["data"]!.AsArray().Select(text => (string)text!)];

    private T[] Elements<T>(string output, string type)
        where T : unmanaged
    {
        Assert.AreEqual(type, (string)Output(output)["type"]!);
        return MemoryMarshal.Cast<byte, T>(Convert.FromBase64String((string)Output(output)["data"]!)).ToArray();
    }

    private JsonObject Output(string name) => result["outputs"]![name]!.AsObject();
}
