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
    private const int FormatVersion = 2;
    private const long MaximumBufferedBytes = 1L << 30;
    private const int FlagCount = 5;
    private const int ValuesPerInput = 6; // the feature and five numbers

    private static readonly Func<SalInput, float>[] _inputValues =
        [input => input.Start, input => input.Slope, input => input.Low, input => input.High, input => input.Missing];

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
        var layout = new Layout(FormatVersion, model.FeatureCount, shape, hasFeedback, model.Router.Projection.Length);
        writer.Write(PayloadLength(layout));

        writer.Write(model.FeatureCount);
        writer.Write(shape.InputWidth);
        writer.Write(shape.ClassCount);
        writer.Write(shape.HiddenUnits);
        writer.Write(shape.NumberOfLayers);
        writer.Write(shape.NumberOfAreas);
        writer.Write([(byte)shape.RoutedLayers, (byte)shape.Activation, Flag(shape.Residual), Flag(shape.IsSparse), Flag(hasFeedback)]);
        writer.Write(model.Router.Projection.Length);

        IReadOnlyList<SalInput> inputs = model.GetInputEncoding();
        foreach (SalInput input in inputs)
        {
            writer.Write(input.Feature);
        }

        foreach (Func<SalInput, float> value in _inputValues)
        {
            writer.Write((float[])[.. inputs.Select(value)]);
        }

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
        ReadParameters(reader, ReadLayout(reader, FormatVersion, payloadLength));

    public static SalModel Read(Stream stream)
    {
        try
        {
            var reader = new ChecksumReader(stream);
            (int version, long payloadLength) = ReadHeader(reader);
            Layout layout = ReadLayout(reader, version, payloadLength);
            using Stream? copy = EnsureAvailable(stream, payloadLength - layout.Length + ChecksumReader.ChecksumLength);
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

    private static (int Version, long PayloadLength) ReadHeader(ChecksumReader reader)
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

        return (version, reader.ReadInt64());
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
    private static Layout ReadLayout(ChecksumReader reader, int version, long payloadLength)
    {
        int features = ReadCount(reader, NetworkLimits.Features, "features");
        int inputs = version == 1 ? features : ReadCount(reader, NetworkLimits.Features, "inputs");
        int classes = ReadCount(reader, NetworkLimits.Classes, "classes");
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
            inputs, classes, units, layers, areas, (RoutedLayers)flags[0], (ActivationKind)flags[1], flags[2] == 1, flags[3] == 1);
        var layout = new Layout(version, features, shape, flags[4] == 1, ReadCount(reader, areas, "routing directions"));
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
        InputEncoding encoding = layout.Version == 1 ? ReadScaledInputs(reader, shape) : ReadInputs(reader, layout);
        float[][] projection = ReadArrays(reader, layout.RoutingWidth, shape.InputWidth);
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

        return new SalModel(encoding, router, new SalNetwork(shape, network));
    }

    // Version 1 has one input per feature, clip((x - mean) * scale), where NaN becomes 0.
    private static InputEncoding ReadScaledInputs(ChecksumReader reader, NetworkShape shape)
    {
        float clip = reader.ReadSingle();
        if (!(clip > 0))
        {
            throw Damaged($"its clipping bound is {clip}");
        }

        float bound = Math.Min(clip, float.MaxValue);
        float[] mean = ReadArray(reader, shape.InputWidth), scale = ReadArray(reader, shape.InputWidth);
        if (shape.IsSparse && mean.AsSpan().ContainsAnyExcept(0f))
        {
            throw Damaged("its input is sparse, but has means");
        }

        return new InputEncoding(shape.InputWidth, [.. mean.Select((start, i) => new SalInput(i, start, scale[i], -bound, bound, 0))]);
    }

    private static InputEncoding ReadInputs(ChecksumReader reader, Layout layout)
    {
        int count = layout.Shape.InputWidth;
        var features = new int[count];
        for (int i = 0; i < count; i++)
        {
            features[i] = reader.ReadInt32();
            if (features[i] < (i == 0 ? 0 : features[i - 1]) || features[i] >= layout.FeatureCount)
            {
                throw Damaged($"input {i} is made of feature {features[i]} of {layout.FeatureCount}");
            }
        }

        float[] start = ReadArray(reader, count), slope = ReadArray(reader, count);
        float[] low = ReadArray(reader, count), high = ReadArray(reader, count), missing = ReadArray(reader, count);
        if (low.Zip(high).Any(bounds => bounds.First > bounds.Second))
        {
            throw Damaged("the bounds of an input are reversed");
        }

        return new InputEncoding(
            layout.FeatureCount,
            [.. features.Select((feature, i) => new SalInput(feature, start[i], slope[i], low[i], high[i], missing[i]))]);
    }

    private static long PayloadLength(Layout layout)
    {
        NetworkShape shape = layout.Shape;
        try
        {
            checked
            {
                long floats = layout.Version == 1 ? 1 + 2L * shape.InputWidth : (long)ValuesPerInput * shape.InputWidth;
                floats += (long)layout.RoutingWidth * (shape.InputWidth + shape.NumberOfAreas) + shape.NumberOfAreas;
                for (int layer = 0; layer < Math.Min(2, shape.NumberOfLayers); layer++)
                {
                    long likeThis = layer == 0 ? 1 : shape.NumberOfLayers - 1;
                    long feedback = layout.HasFeedback ? (long)shape.ClassCount * shape.HiddenUnits : 0;
                    floats += likeThis * shape.AreaCount(layer) * (shape.AreaParameterCount(layer) + feedback);
                }

                return layout.Length + floats * sizeof(float);
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

    private sealed record Layout(int Version, int FeatureCount, NetworkShape Shape, bool HasFeedback, int RoutingWidth)
    {
        /// <summary>Gets the number of bytes of the payload up to the inputs.</summary>
        public int Length => (Version == 1 ? 6 : 7) * sizeof(int) + FlagCount;
    }

    private static byte Flag(bool isSet) => isSet ? (byte)1 : (byte)0;

    private static int ReadCount(ChecksumReader reader, int most, string what)
    {
        int count = reader.ReadInt32();
        return count >= 1 && count <= most ? count : throw Damaged($"it states {count} {what}, not 1 to {most}");
    }

    private static InvalidDataException Damaged(string what) =>
        new($"The SAL model is damaged: {what}. Save it again, or restore it from a copy.");
}
