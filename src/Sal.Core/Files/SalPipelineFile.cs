using System.IO.Compression;
using System.Text;
using Sal.Core.Files;
using Sal.Core.Training;

namespace Sal.Core.Model;

/// <summary>
/// The entries of the engine in a pipeline that ML.NET saved as a zip archive: the model, the names of its classes, and how it was trained.
/// All are in a folder that the pipeline chooses.
/// </summary>
public static class SalPipelineFile
{
    /// <summary>The name of the entry with the output of <see cref="SalModel.Save(Stream)"/>.</summary>
    public const string ModelEntry = "SalModel";

    /// <summary>
    /// The name of the entry in the same folder with the output of <see cref="SaveClassNames"/>. Absent if the classes have no names.
    /// </summary>
    public const string ClassNamesEntry = "SalClassNames";

    /// <summary>The name of the entry in the same folder with the output of <see cref="SalTrainingHistory.Save"/>.</summary>
    public const string HistoryEntry = "SalHistory";

    /// <summary>
    /// The name of the entry in the same folder with the output of <see cref="SalTrainingInfo.Save"/>. Absent in files of
    /// earlier versions.
    /// </summary>
    public const string TrainingInfoEntry = "SalTrainingInfo";

    /// <summary>
    /// Writes the names of the classes, in the order of the probabilities: the number of names, each name preceded by its length in UTF-8
    /// bytes, and a SHA-256 hash. Leaves the stream open.
    /// </summary>
    public static void SaveClassNames(IReadOnlyList<string> classNames, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        ArgumentNullException.ThrowIfNull(stream);
        var writer = new ChecksumWriter(stream);
        writer.Write(classNames.Count);
        foreach (string name in classNames)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(name);
            writer.Write(bytes.Length);
            writer.Write(bytes);
        }

        writer.WriteChecksum();
    }

    /// <summary>Reads the output of <see cref="SaveClassNames"/>. Leaves the stream open.</summary>
    /// <exception cref="InvalidDataException">The stream is truncated or altered.</exception>
    public static IReadOnlyList<string> LoadClassNames(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var reader = new ChecksumReader(stream);
        try
        {
            int count = reader.ReadInt32();
            List<string> names = [];
            while (names.Count < count)
            {
                names.Add(ReadText(reader));
            }

            return count >= 0 && reader.IsIntact() ? names : throw Damaged();
        }
        catch (EndOfStreamException)
        {
            throw Damaged();
        }
    }

    // Reads in blocks, so that a corrupted length cannot cause a large allocation.
    private static string ReadText(ChecksumReader reader)
    {
        var bytes = new MemoryStream();
        Span<byte> block = stackalloc byte[256];
        for (int left = reader.ReadInt32(); left != 0;)
        {
            Span<byte> part = block[..Math.Min(left < 0 ? throw Damaged() : left, block.Length)];
            reader.Read(part);
            bytes.Write(part);
            left -= part.Length;
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    internal static SalModel Read(Stream stream, out IReadOnlyList<string>? classNames)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        ZipArchiveEntry[] models = FindModels(archive);
        if (models is not [ZipArchiveEntry model])
        {
            throw new InvalidDataException(
                $"The zip holds {models.Length} SAL models ({string.Join(", ", models.Select(entry => entry.FullName))}). "
                + "Save the one to score with to a separate file.");
        }

        using Stream modelStream = model.Open();
        SalModel loaded = SalModel.Load(modelStream);
        classNames = FindBeside(model, ClassNamesEntry) is { } names ? ReadClassNames(names, loaded) : null;
        return loaded;
    }

    internal static IReadOnlyList<SalTrainingInfo?> ReadTrainingInfo(Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        return
        [
            .. FindModels(archive).Select(
                model => FindBeside(model, TrainingInfoEntry) is { } entry ? ReadTrainingInfo(entry) : null),
        ];
    }

    private static SalTrainingInfo ReadTrainingInfo(ZipArchiveEntry entry)
    {
        try
        {
            using Stream stream = entry.Open();
            return SalTrainingInfo.Load(stream);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"'{entry.FullName}' cannot be read: {exception.Message}", exception);
        }
    }

    private static ZipArchiveEntry[] FindModels(ZipArchive archive)
    {
        ZipArchiveEntry[] models = [.. archive.Entries.Where(entry => Split(entry).Name == ModelEntry)];
        return models.Length > 0
            ? models
            : throw new InvalidDataException(
                $"The zip holds no SAL model: it has no entry '{ModelEntry}'. Check that it is a pipeline with a SAL trainer, saved "
                + "by ML.NET.");
    }

    private static ZipArchiveEntry? FindBeside(ZipArchiveEntry model, string name) =>
        model.Archive!.Entries.FirstOrDefault(entry => Split(entry) == (Split(model).Folder, name));

    private static IReadOnlyList<string> ReadClassNames(ZipArchiveEntry entry, SalModel model)
    {
        using Stream stream = entry.Open();
        IReadOnlyList<string> names = LoadClassNames(stream);
        return names.Count == model.ClassCount
            ? names
            : throw new InvalidDataException(
                $"The zip names {names.Count} classes, but its model has {model.ClassCount}. Save the model again, or restore the "
                + "file from a copy.");
    }

    private static InvalidDataException Damaged() =>
        new("The names of the classes are damaged. Save the model again, or restore the file from a copy.");

    // Some zip writers separate folders by backslashes.
    private static (string Folder, string Name) Split(ZipArchiveEntry entry)
    {
        int end = entry.FullName.LastIndexOfAny(['/', '\\']) + 1;
        return (entry.FullName[..end], entry.FullName[end..]);
    }
}
