using Sal.Core.Files;
using Sal.Core.Network;

namespace Sal.Core.Training;

/// <summary>The epochs of a training run.</summary>
/// <param name="epochs">The epochs, in order.</param>
public sealed class SalTrainingHistory(IReadOnlyList<SalEpoch> epochs)
{
    private const int FormatVersion = 2;
    private const int FirstVersionWithChecksum = 2;

    /// <summary>Gets the epochs, in order.</summary>
    public IReadOnlyList<SalEpoch> Epochs { get; } = epochs;

    /// <summary>Writes the history. Leaves the stream open.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var writer = new ChecksumWriter(stream);
        writer.Write(FormatVersion);
        writer.Write(Epochs.Count);
        foreach (SalEpoch epoch in Epochs)
        {
            writer.Write(epoch.Epoch);
            writer.Write((int)epoch.Phase);
            writer.Write(epoch.LearningRate);
            writer.Write(epoch.TrainingLoss);
            writer.Write(epoch.TrainingAccuracy);
            writer.Write(epoch.Seconds);
            writer.Write(epoch.ValidationLoss ?? double.NaN);
            writer.Write(epoch.ValidationAccuracy ?? double.NaN);
            writer.Write(epoch.AreaLoads.Count);
            foreach (int load in epoch.AreaLoads)
            {
                writer.Write(load);
            }
        }

        writer.WriteChecksum();
    }

    /// <summary>Reads a history written by <see cref="Save"/>, in this format version or an older one.</summary>
    /// <exception cref="InvalidDataException">The stream is truncated, altered, or not a history that this version can read.</exception>
    public static SalTrainingHistory Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var reader = new ChecksumReader(stream);
        try
        {
            int version = reader.ReadInt32();
            if (version is < 1 or > FormatVersion)
            {
                throw new InvalidDataException(
                    $"The training history has format version {version}, but this version of the package reads 1 to {FormatVersion}. "
                    + "Update the package.");
            }

            int count = reader.ReadInt32();
            if (count < 0)
            {
                throw Damaged($"it states {count} epochs");
            }

            var epochs = new List<SalEpoch>();
            while (epochs.Count < count)
            {
                epochs.Add(ReadEpoch(reader));
            }

            // Version 1 had no checksum. If bytes follow, the version number of a later one was altered.
            bool isIntact = version < FirstVersionWithChecksum ? stream.ReadByte() < 0 : reader.IsIntact();
            return isIntact
                ? new SalTrainingHistory(epochs)
                : throw Damaged("its checksum does not match its contents");
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("The training history is truncated. Save the model again, or restore it from a copy.");
        }
    }

    private static SalEpoch ReadEpoch(ChecksumReader reader)
    {
        int epoch = reader.ReadInt32();
        var phase = (TrainingPhase)reader.ReadInt32();
        if (!Enum.IsDefined(phase))
        {
            throw Damaged($"it states phase {(int)phase}");
        }

        double rate = reader.ReadDouble(), loss = reader.ReadDouble(), accuracy = reader.ReadDouble(), seconds = reader.ReadDouble();
        double validationLoss = reader.ReadDouble(), validationAccuracy = reader.ReadDouble();
        return new SalEpoch(
            epoch, phase, rate, loss, accuracy, seconds, ReadLoads(reader),
            double.IsNaN(validationLoss) ? null : validationLoss, double.IsNaN(validationAccuracy) ? null : validationAccuracy);
    }

    private static int[] ReadLoads(ChecksumReader reader)
    {
        int count = reader.ReadInt32();
        if (count is < 0 or > NetworkLimits.Areas)
        {
            throw Damaged($"it states {count} areas, not 0 to {NetworkLimits.Areas}");
        }

        var loads = new List<int>();
        while (loads.Count < count)
        {
            loads.Add(reader.ReadInt32());
        }

        return [.. loads];
    }

    private static InvalidDataException Damaged(string what) =>
        new($"The training history is damaged: {what}. Save the model again, or restore it from a copy.");
}
