using System.Numerics.Tensors;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Network;
using Sal.Core.Numerics;

namespace Sal.Core.Files;

/// <summary>
/// The model file: magic, version, payload length, payload, and the SHA-256 hash of everything before it; little-endian. Described byte by
/// byte in docs/model-format.md.
/// </summary>
internal static class SalModelFile
{
    private const int FormatVersion = 1;
    private const long MaximumBufferedBytes = 1L << 30;
    private const int FlagCount = 5;
    private const int LayoutLength = 6 * sizeof(int) + FlagCount;

    private static ReadOnlySpan<byte> Magic => "SALMODEL"u8;

    public static void Write(SalModel model, Stream stream)
    {
        var writer = new ChecksumWriter(stream);
        writer.Write(Magic);
        writer.Write(FormatVersion);
        WritePayload(model, writer);
        writer.WriteChecksum();
    }

    /// <summary>Writes the length of the payload and the payload itself. Also used to embed a model in another file.</summary>
    public static void WritePayload(SalModel model, ChecksumWriter writer)
    {
        NetworkShape shape = model.Network.Shape;
        bool hasFeedback = model.Network[0, 0].Feedback is not null;
        writer.Write(PayloadLength(new Layout(shape, hasFeedback, model.Router.Projection.Length)));

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
                foreach (PanelMatrix matrix in model.Network[layer, area].Matrices)
                {
                    writer.Write(matrix);
                }
            }
        }
    }

    /// <summary>Reads the payload that follows the length written by <see cref="WritePayload"/>.</summary>
    public static SalModel ReadPayload(ChecksumReader reader, long payloadLength) =>
        ReadParameters(reader, ReadLayout(reader, payloadLength));

    public static SalModel Read(Stream stream)
    {
        try
        {
            var reader = new ChecksumReader(stream);
            long payloadLength = ReadHeader(reader);
            Layout layout = ReadLayout(reader, payloadLength);
            using Stream? copy = EnsureAvailable(stream, payloadLength - LayoutLength + ChecksumReader.ChecksumLength);
            reader.ContinueWith(copy ?? stream);
            SalModel model = ReadParameters(reader, layout);
            return reader.IsIntact()
                ? model
                : throw new InvalidDataException(
                    "The SAL model was altered: its checksum does not match its contents. Save it again, or restore it from a copy.");
        }
        catch (EndOfStreamException)
        {
            // Without the inner exception: ML.NET wraps this one, and GetBaseException is to find the reason.
            throw new InvalidDataException("The SAL model is truncated. Save it again, or restore it from a copy.");
        }
    }

    private static long ReadHeader(ChecksumReader reader)
    {
        Span<byte> magic = stackalloc byte[Magic.Length];
        reader.Read(magic);
        if (!magic.SequenceEqual(Magic))
        {
            throw new InvalidDataException(
                "This is not a SAL model: it does not begin with 'SALMODEL'. Check that the right file was given.");
        }

        int version = reader.ReadInt32();
        if (version > FormatVersion)
        {
            throw new InvalidDataException(
                $"The SAL model has format version {version}, but this version of the package reads up to {FormatVersion}. "
                + "Update the package.");
        }

        if (version < 1)
        {
            throw Damaged($"its format version is {version}");
        }

        return reader.ReadInt64();
    }

    // Checks that the parameters are present before memory is allocated for them. If the length of the stream is unknown, the rest of it is
    // copied.
    private static Stream? EnsureAvailable(Stream stream, long length)
    {
        if (stream.CanSeek)
        {
            return stream.Length - stream.Position >= length ? null : throw new EndOfStreamException();
        }

        Stream copy = length <= MaximumBufferedBytes
            ? new MemoryStream()
            : new FileStream(
                Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 20, FileOptions.DeleteOnClose);
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

    // Reads the part of the payload that determines the length of the rest.
    private static Layout ReadLayout(ChecksumReader reader, long payloadLength)
    {
        int features = ReadCount(reader, NetworkLimits.Features, "features"), classes = ReadCount(reader, NetworkLimits.Classes, "classes");
        int units = ReadCount(reader, NetworkLimits.HiddenUnits, "hidden units");
        int layers = ReadCount(reader, NetworkLimits.Layers, "layers");
        int areas = ReadCount(reader, NetworkLimits.Areas, "areas");
        Span<byte> flags = stackalloc byte[FlagCount];
        reader.Read(flags);
        if (flags.ContainsAnyExceptInRange((byte)0, (byte)1))
        {
            throw Damaged("a flag is neither 0 nor 1");
        }

        var shape = new NetworkShape(
            features, classes, units, layers, areas, (RoutedLayers)flags[0], (ActivationKind)flags[1], flags[2] == 1, flags[3] == 1);
        var layout = new Layout(shape, flags[4] == 1, ReadCount(reader, areas, "routing directions"));
        if (payloadLength != PayloadLength(layout))
        {
            throw Damaged("its length does not match its layout");
        }

        NetworkLimits.CheckMemory(shape, layout.HasFeedback, layout.RoutingWidth, momentCount: 0, rows: 1);
        return layout;
    }

    private static SalModel ReadParameters(ChecksumReader reader, Layout layout)
    {
        NetworkShape shape = layout.Shape;
        float clip = reader.ReadSingle();
        if (!(clip > 0))
        {
            throw Damaged($"its clipping bound is {clip}");
        }

        float[] mean = ReadArray(reader, shape.FeatureCount), scale = ReadArray(reader, shape.FeatureCount);
        if (shape.IsSparse && mean.AsSpan().ContainsAnyExcept(0f))
        {
            throw Damaged("its input is sparse, but has means");
        }

        var transform = new InputTransform(mean, scale, clip);
        float[][] projection = ReadArrays(reader, layout.RoutingWidth, shape.FeatureCount);
        float[][] prototypes = ReadArrays(reader, shape.NumberOfAreas, layout.RoutingWidth);
        var router = new Router(projection, prototypes, ReadArray(reader, shape.NumberOfAreas), shape.IsSparse);
        if (!router.IsFinite)
        {
            throw Damaged("the router's directions are infinite");
        }

        var network = new AreaParameters[shape.NumberOfLayers][];
        for (int layer = 0; layer < network.Length; layer++)
        {
            network[layer] = new AreaParameters[shape.AreaCount(layer)];
            for (int area = 0; area < network[layer].Length; area++)
            {
                network[layer][area] = new AreaParameters(shape, layer, layout.HasFeedback);
                foreach (PanelMatrix matrix in network[layer][area].Matrices)
                {
                    reader.Read(matrix);
                    CheckFinite(matrix.Storage);
                }
            }
        }

        return new SalModel(transform, router, new SalNetwork(shape, network));
    }

    private static long PayloadLength(Layout layout)
    {
        (NetworkShape shape, bool hasFeedback, int routingWidth) = layout;
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

                return LayoutLength + floats * sizeof(float);
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
        CheckFinite(values);
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

    private static void CheckFinite(ReadOnlySpan<float> values)
    {
        if (!TensorPrimitives.IsFiniteAll(values))
        {
            throw Damaged("a parameter is NaN or infinite");
        }
    }

    private sealed record Layout(NetworkShape Shape, bool HasFeedback, int RoutingWidth);

    private static byte Flag(bool isSet) => isSet ? (byte)1 : (byte)0;

    private static int ReadCount(ChecksumReader reader, int most, string what)
    {
        int count = reader.ReadInt32();
        return count >= 1 && count <= most ? count : throw Damaged($"it states {count} {what}, not 1 to {most}");
    }

    private static InvalidDataException Damaged(string what) =>
        new($"The SAL model is damaged: {what}. Save it again, or restore it from a copy.");
}
