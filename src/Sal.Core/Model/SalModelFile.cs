using Sal.Core.Data;
using Sal.Core.Numerics;

namespace Sal.Core.Model;

/// <summary>
/// The model file: magic, version, payload length, payload, SHA-256 of all before it; little-endian. docs/model-format.md tells it byte by byte.
/// </summary>
internal static class SalModelFile
{
    private const int FormatVersion = 1;
    private const long MaximumBufferedBytes = 1L << 30;
    private const int FlagCount = 5;
    private const int MaximumCount = 1 << 24; // features, classes, units, layers, areas

    private static ReadOnlySpan<byte> Magic => "SALMODEL"u8;

    public static void Write(SalModel model, Stream stream)
    {
        var writer = new ChecksumWriter(stream);
        writer.Write(Magic);
        writer.Write(FormatVersion);
        WritePayload(model, writer);
        writer.WriteChecksum();
    }

    /// <summary>Writes the length of the payload, and the payload: a model within another file.</summary>
    public static void WritePayload(SalModel model, ChecksumWriter writer)
    {
        NetworkShape shape = model.Network.Shape;
        bool hasFeedback = model.Network[0, 0].Feedback is not null;
        writer.Write(PayloadLength(shape, model.Router.Projection.Length, hasFeedback));

        writer.Write(shape.FeatureCount);
        writer.Write(shape.ClassCount);
        writer.Write(shape.HiddenUnits);
        writer.Write(shape.NumberOfLayers);
        writer.Write(shape.NumberOfAreas);
        writer.Write([(byte)shape.RoutedLayers, (byte)shape.Activation, Flag(shape.Residual), Flag(shape.IsSparse), Flag(hasFeedback)]);
        writer.Write(model.Router.Projection.Length);

        writer.Write(model.Transform.Clip);
        writer.Write(model.Transform.Mean);
        writer.Write(model.Transform.Scale);
        Array.ForEach(model.Router.Projection, row => writer.Write(row));
        Array.ForEach(model.Router.Prototypes, row => writer.Write(row));
        writer.Write(model.Router.Offsets);
        for (int layer = 0; layer < shape.NumberOfLayers; layer++)
        {
            for (int area = 0; area < shape.AreaCount(layer); area++)
            {
                foreach (PanelMatrix matrix in Matrices(model.Network[layer, area]))
                {
                    writer.Write(matrix);
                }
            }
        }
    }

    public static SalModel Read(Stream stream)
    {
        try
        {
            var reader = new ChecksumReader(stream);
            long payloadLength = ReadHeader(reader);
            using Stream? copy = EnsureAvailable(stream, payloadLength);
            reader.ContinueWith(copy ?? stream);
            SalModel model = ReadPayload(reader, payloadLength);
            reader.VerifyChecksum();
            return model;
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException("The SAL model is truncated. Save it again, or restore it from a copy.", exception);
        }
    }

    private static long ReadHeader(ChecksumReader reader)
    {
        Span<byte> magic = stackalloc byte[Magic.Length];
        reader.Read(magic);
        if (!magic.SequenceEqual(Magic))
        {
            throw new InvalidDataException("This is not a SAL model: it does not begin with 'SALMODEL'. Check that the right file was given.");
        }

        int version = reader.ReadInt32();
        if (version > FormatVersion)
        {
            throw new InvalidDataException(
                $"The SAL model has format version {version}, but this version of the package reads up to {FormatVersion}. Update the package.");
        }

        if (version < 1)
        {
            throw Damaged($"its format version is {version}");
        }

        return reader.ReadInt64();
    }

    // Nothing is allocated for a payload that is not there: a stream that knows its length is asked, another one is copied first.
    private static Stream? EnsureAvailable(Stream stream, long payloadLength)
    {
        if (payloadLength is < 0 or > long.MaxValue - ChecksumReader.ChecksumLength)
        {
            throw Damaged($"it states a length of {payloadLength} bytes");
        }

        long length = payloadLength + ChecksumReader.ChecksumLength;
        if (stream.CanSeek)
        {
            return stream.Length - stream.Position >= length ? null : throw new EndOfStreamException();
        }

        Stream copy = length <= MaximumBufferedBytes
            ? new MemoryStream()
            : new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 20, FileOptions.DeleteOnClose);
        try
        {
            var block = new byte[1 << 16];
            for (long left = length; left > 0;)
            {
                int count = (int)Math.Min(left, block.Length);
                stream.ReadExactly(block, 0, count);
                copy.Write(block, 0, count);
                left -= count;
            }
        }
        catch
        {
            copy.Dispose();
            throw;
        }

        copy.Position = 0;
        return copy;
    }

    /// <summary>Reads what follows the length that <see cref="WritePayload"/> wrote.</summary>
    public static SalModel ReadPayload(ChecksumReader reader, long payloadLength)
    {
        int features = ReadCount(reader, "features"), classes = ReadCount(reader, "classes"), units = ReadCount(reader, "hidden units");
        int layers = ReadCount(reader, "layers"), areas = ReadCount(reader, "areas");
        Span<byte> flags = stackalloc byte[FlagCount];
        reader.Read(flags);
        if (flags.ContainsAnyExceptInRange((byte)0, (byte)1))
        {
            throw Damaged("a flag is neither 0 nor 1");
        }

        var shape = new NetworkShape(features, classes, units, layers, areas, (RoutedLayers)flags[0], (ActivationKind)flags[1], flags[2] == 1, flags[3] == 1);
        bool hasFeedback = flags[4] == 1;
        int routingWidth = ReadCount(reader, "routing directions");
        if (payloadLength != PayloadLength(shape, routingWidth, hasFeedback))
        {
            throw Damaged("its length does not fit its layout");
        }

        float clip = reader.ReadSingle();
        var transform = new InputTransform(ReadArray(reader, features), ReadArray(reader, features), clip);
        float[][] projection = ReadArrays(reader, routingWidth, features);
        float[][] prototypes = ReadArrays(reader, areas, routingWidth);
        var router = new Router(projection, prototypes, ReadArray(reader, areas), shape.IsSparse);
        var network = new AreaParameters[layers][];
        for (int layer = 0; layer < layers; layer++)
        {
            network[layer] = new AreaParameters[shape.AreaCount(layer)];
            for (int area = 0; area < network[layer].Length; area++)
            {
                network[layer][area] = new AreaParameters(shape, layer, hasFeedback);
                foreach (PanelMatrix matrix in Matrices(network[layer][area]))
                {
                    reader.Read(matrix);
                }
            }
        }

        return new SalModel(transform, router, new SalNetwork(shape, network));
    }

    // The order of an area's matrices in the file.
    private static PanelMatrix[] Matrices(AreaParameters parameters) => parameters.Feedback is null
        ? [parameters.Weights, parameters.Bias, parameters.Readout, parameters.ReadoutBias]
        : [parameters.Weights, parameters.Bias, parameters.Readout, parameters.ReadoutBias, parameters.Feedback];

    private static long PayloadLength(NetworkShape shape, int routingWidth, bool hasFeedback)
    {
        try
        {
            checked
            {
                long floats = 1 + 2L * shape.FeatureCount
                    + (long)routingWidth * shape.FeatureCount + (long)shape.NumberOfAreas * routingWidth + shape.NumberOfAreas;
                for (int layer = 0; layer < Math.Min(2, shape.NumberOfLayers); layer++)
                {
                    long likeThis = layer == 0 ? 1 : shape.NumberOfLayers - 1;
                    long feedback = hasFeedback ? (long)shape.ClassCount * shape.HiddenUnits : 0;
                    floats += likeThis * shape.AreaCount(layer) * (shape.AreaParameterCount(layer) + feedback);
                }

                return 6 * sizeof(int) + FlagCount + floats * sizeof(float);
            }
        }
        catch (OverflowException)
        {
            throw Damaged("its layout is larger than any file");
        }
    }

    private static float[] ReadArray(ChecksumReader reader, int length)
    {
        var values = new float[length];
        reader.Read(values);
        return values;
    }

    private static float[][] ReadArrays(ChecksumReader reader, int count, int length)
    {
        var rows = new float[count][];
        for (int i = 0; i < count; i++)
        {
            rows[i] = ReadArray(reader, length);
        }

        return rows;
    }

    private static byte Flag(bool isSet) => isSet ? (byte)1 : (byte)0;

    private static int ReadCount(ChecksumReader reader, string what)
    {
        int count = reader.ReadInt32();
        return count is >= 1 and <= MaximumCount ? count : throw Damaged($"it states {count} {what}");
    }

    private static InvalidDataException Damaged(string what) =>
        new($"The SAL model is damaged: {what}. Save it again, or restore it from a copy.");
}
