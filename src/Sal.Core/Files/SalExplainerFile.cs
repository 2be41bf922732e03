using Sal.Core.Data;
using Sal.Core.Model;

namespace Sal.Core.Files;

/// <summary>
/// The explainer file: a model file, then the baselines: magic, version, the number of baselines (1 for all areas, or one per area), per
/// baseline the number of inputs that are not 0, their indices and values, and the SHA-256 hash of the baselines; little-endian.
/// </summary>
internal static class SalExplainerFile
{
    private const int FormatVersion = 1;

    private static ReadOnlySpan<byte> Magic => "SALBASES"u8;

    public static void Write(SalExplainer explainer, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        explainer.Model.Save(stream);
        var writer = new ChecksumWriter(stream);
        writer.Write(Magic);
        writer.Write(FormatVersion);
        BaselineRow[] baselines = [.. explainer.Baselines];
        int count = baselines.Distinct().Count() == 1 ? 1 : baselines.Length;
        writer.Write(count);
        foreach (BaselineRow baseline in baselines.Take(count))
        {
            writer.Write(baseline.Indices.Length);
            foreach (int index in baseline.Indices)
            {
                writer.Write(index);
            }

            writer.Write(baseline.Values);
        }

        writer.WriteChecksum();
    }

    public static SalExplainer Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        SalModel model = SalModel.Load(stream);
        try
        {
            var reader = new ChecksumReader(stream);
            Span<byte> magic = stackalloc byte[Magic.Length];
            reader.Read(magic);
            int version = magic.SequenceEqual(Magic) ? reader.ReadInt32() : throw Damaged("they do not begin with 'SALBASES'");
            if (version != FormatVersion)
            {
                throw Damaged($"their format version is {version}, but this version of the package reads {FormatVersion}");
            }

            int count = reader.ReadInt32();
            if (count != 1 && count != model.NumberOfAreas)
            {
                throw Damaged($"there are {count} of them for {model.NumberOfAreas} areas");
            }

            BaselineRow[] baselines = [.. Enumerable.Range(0, count).Select(_ => ReadRow(reader, model.Encoding.InputCount))];
            return reader.IsIntact()
                ? new SalExplainer(model, count == 1 ? [.. Enumerable.Repeat(baselines[0], model.NumberOfAreas)] : baselines)
                : throw Damaged("their checksum does not match their contents");
        }
        catch (EndOfStreamException)
        {
            throw Damaged("they are truncated");
        }
    }

    private static BaselineRow ReadRow(ChecksumReader reader, int inputs)
    {
        int count = reader.ReadInt32();
        if (count < 0 || count > inputs)
        {
            throw Damaged($"one has {count} of {inputs} inputs");
        }

        var indices = new int[count];
        for (int i = 0; i < count; i++)
        {
            indices[i] = reader.ReadInt32();
            if (indices[i] <= (i == 0 ? -1 : indices[i - 1]) || indices[i] >= inputs)
            {
                throw Damaged($"input {indices[i]} of {inputs} is out of order");
            }
        }

        var values = new float[count];
        reader.Read(values);
        return values.All(float.IsFinite) ? new BaselineRow(indices, values) : throw Damaged("an input is not finite");
    }

    private static InvalidDataException Damaged(string reason) =>
        new($"The baselines of the explanations are damaged: {reason}. Save them again, or restore the file from a copy.");
}
