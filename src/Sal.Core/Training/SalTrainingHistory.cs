using Sal.Core.Model;

namespace Sal.Core.Training;

/// <summary>The epochs of a training run.</summary>
/// <param name="epochs">The epochs, in order.</param>
public sealed class SalTrainingHistory(IReadOnlyList<SalEpoch> epochs)
{
    private const int FormatVersion = 1;

    /// <summary>The epochs, in order.</summary>
    public IReadOnlyList<SalEpoch> Epochs { get; } = epochs;

    /// <summary>Writes the history; leaves the stream open.</summary>
    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
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
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The stream is truncated, or not a history this version can read.</exception>
    public static SalTrainingHistory Load(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        try
        {
            int version = reader.ReadInt32();
            if (version != FormatVersion)
            {
                throw new InvalidDataException($"The training history has format version {version}, but this version reads {FormatVersion}. Update the package.");
            }

            int count = reader.ReadInt32();
            if (count < 0)
            {
                throw Damaged($"it states {count} epochs");
            }

            var epochs = new List<SalEpoch>();
            for (int i = 0; i < count; i++)
            {
                epochs.Add(ReadEpoch(reader));
            }

            return new SalTrainingHistory(epochs);
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException("The training history is truncated. Save the model again, or restore it from a copy.", exception);
        }
    }

    private static SalEpoch ReadEpoch(BinaryReader reader)
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

    private static int[] ReadLoads(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        if (count is < 0 or > NetworkLimits.Areas)
        {
            throw Damaged($"it states {count} areas, not 0 to {NetworkLimits.Areas}");
        }

        var loads = new List<int>();
        for (int i = 0; i < count; i++)
        {
            loads.Add(reader.ReadInt32());
        }

        return [.. loads];
    }

    private static InvalidDataException Damaged(string what) =>
        new($"The training history is damaged: {what}. Save the model again, or restore it from a copy.");
}
