using System.Text;
using Sal.Core.Files;
using Sal.Core.Model;
using Sal.Core.Network;
using Sal.Core.Training.Optimizers;
using Sal.Core.Training.Step;

namespace Sal.Core.Training.Checkpoints;

/// <summary>
/// The checkpoint file: magic, version, fingerprint, state, and the SHA-256 hash of everything before it; little-endian. Described byte by
/// byte in docs/checkpoints.md.
/// </summary>
internal static class CheckpointFile
{
    private const int FormatVersion = 2;
    private const int MaximumBranches = 2; // with and without areas

    private static ReadOnlySpan<byte> Magic => "SALCHECK"u8;

    public static void Write(Stream stream, TrainingFingerprint fingerprint, TrainingState state)
    {
        var writer = new ChecksumWriter(stream);
        writer.Write(Magic);
        writer.Write(FormatVersion);
        WriteBlock(writer, Encoding.UTF8.GetBytes(string.Join('\n', fingerprint.Lines)));
        writer.Write(state.FinishedEpochs);
        writer.Write(state.IsPartitioned ? 1 : 0);
        writer.Write(state.Branches.Count);
        foreach (Branch branch in state.Branches)
        {
            WriteBranch(writer, state, branch);
        }

        writer.WriteChecksum();
    }

    /// <summary>Reads the fingerprint and, if it is accepted, the state.</summary>
    /// <param name="stream">The file, from its beginning to its end.</param>
    /// <param name="accept">Throws if the fingerprint does not match.</param>
    /// <param name="shape">The layout that the networks must have, apart from the number of areas.</param>
    /// <param name="parameterPass">The pass that defines which moments are stored.</param>
    /// <exception cref="InvalidDataException">The file is not a checkpoint, or it is truncated, altered or of a newer version.</exception>
    public static TrainingState Read(Stream stream, Action<TrainingFingerprint> accept, NetworkShape shape, ParameterPass parameterPass)
    {
        // Verify the checksum of the whole file before parsing any of it.
        Verify(stream);
        stream.Position = 0;
        var reader = new ChecksumReader(stream);
        Span<byte> magic = stackalloc byte[Magic.Length];
        reader.Read(magic);
        if (!magic.SequenceEqual(Magic))
        {
            throw new InvalidDataException("it is not a checkpoint");
        }

        int version = reader.ReadInt32();
        if (version != FormatVersion)
        {
            throw new InvalidDataException($"it has format version {version}, but this version of the package reads {FormatVersion}");
        }

        accept(new TrainingFingerprint(Encoding.UTF8.GetString(ReadBlock(reader, stream)).Split('\n')));
        int finishedEpochs = reader.ReadInt32();
        bool isPartitioned = reader.ReadInt32() == 1;
        int count = reader.ReadInt32();
        if (count is not (1 or MaximumBranches))
        {
            throw new InvalidDataException($"it states {count} branches");
        }

        var branches = new (Branch Branch, SalModel Model)[count];
        for (int i = 0; i < count; i++)
        {
            branches[i] = ReadBranch(reader, stream, shape, parameterPass);
        }

        var state = new TrainingState(branches[0].Model.Encoding, branches[0].Branch) { FinishedEpochs = finishedEpochs };
        if (isPartitioned)
        {
            state.Partition([.. branches.Select(branch => branch.Branch)]);
        }

        return state;
    }

    private static void WriteBranch(ChecksumWriter writer, TrainingState state, Branch branch)
    {
        writer.Write((int)branch.Phase);
        writer.Write(branch.NextEpoch);
        writer.Write(branch.SinceImprovement);
        using (var history = new MemoryStream())
        {
            new SalTrainingHistory(branch.Epochs).Save(history);
            WriteBlock(writer, history.ToArray());
        }

        SalModelFile.WritePayload(new SalModel(state.Encoding, branch.Router, branch.Network), writer);
        branch.Moments.Write(writer);
        writer.Write(branch.Best is null ? 0 : 1);
        if (branch.Best is { } best)
        {
            writer.Write(best.Loss);
            SalModelFile.WritePayload(new SalModel(state.Encoding, best.Router, best.Network), writer);
        }
    }

    private static (Branch Branch, SalModel Model) ReadBranch(
        ChecksumReader reader, Stream stream, NetworkShape shape, ParameterPass parameterPass)
    {
        var phase = (TrainingPhase)reader.ReadInt32();
        int nextEpoch = reader.ReadInt32(), sinceImprovement = reader.ReadInt32();
        IReadOnlyList<SalEpoch> epochs = SalTrainingHistory.Load(new MemoryStream(ReadBlock(reader, stream))).Epochs;
        SalModel model = ReadModel(reader, shape);
        NetworkMoments moments = parameterPass.CreateMoments(model.Network);
        moments.Read(reader);
        (SalNetwork, Router, double)? best = null;
        if (reader.ReadInt32() == 1)
        {
            double loss = reader.ReadDouble();
            SalModel bestModel = ReadModel(reader, shape);
            best = (bestModel.Network, bestModel.Router, loss);
        }

        var branch = new Branch(phase, model.Network, moments, model.Router, nextEpoch, sinceImprovement, best) { Epochs = [.. epochs] };
        return (branch, model);
    }

    private static SalModel ReadModel(ChecksumReader reader, NetworkShape shape)
    {
        SalModel model = SalModelFile.ReadPayload(reader, reader.ReadInt64());
        return model.Network.Shape == shape with { NumberOfAreas = model.NumberOfAreas }
            ? model
            : throw new InvalidDataException("its networks have a different layout");
    }

    private static void WriteBlock(ChecksumWriter writer, byte[] bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static byte[] ReadBlock(ChecksumReader reader, Stream stream)
    {
        int length = reader.ReadInt32();
        if (length < 0 || length > stream.Length - stream.Position)
        {
            throw new InvalidDataException($"it states a block of {length} bytes");
        }

        var bytes = new byte[length];
        reader.Read(bytes);
        return bytes;
    }

    private static void Verify(Stream stream)
    {
        var reader = new ChecksumReader(stream);
        var block = new byte[1 << 16];
        for (long left = stream.Length - ChecksumReader.ChecksumLength; left > 0;)
        {
            int count = (int)Math.Min(left, block.Length);
            reader.Read(block.AsSpan(0, count));
            left -= count;
        }

        if (!reader.IsIntact())
        {
            throw new InvalidDataException("its checksum does not match its contents");
        }
    }
}
