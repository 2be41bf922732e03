using Sal.Core.Network;

namespace Sal.Core.Onnx;

/// <summary>Checks that a model fits into an ONNX file, which is a single protobuf message of at most 2 GiB.</summary>
internal static class OnnxSize
{
    /// <exception cref="NotSupportedException">The parameters do not fit into an ONNX file.</exception>
    public static void Check(NetworkShape shape)
    {
        long bytes = sizeof(float) * (shape.ParameterCount + (shape.NumberOfAreas + 6L) * shape.InputWidth);
        Check(bytes);
    }

    /// <exception cref="NotSupportedException">The bytes do not fit into an ONNX file.</exception>
    public static void Check(long bytes)
    {
        if (bytes > int.MaxValue)
        {
            throw new NotSupportedException(
                $"The model cannot be exported to ONNX: it takes {bytes:N0} bytes, and an ONNX file holds at most {int.MaxValue:N0}. "
                + "Train fewer areas or units, or use SalModel.Save.");
        }
    }
}
