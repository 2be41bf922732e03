using System.IO.Compression;
using System.Text;
using Sal.Core.Files;

namespace Sal.Core.Model;

/// <summary>
/// The entries of the engine in a pipeline that ML.NET saved as a zip archive: the model and the names of its classes. Both are in a folder
/// that the pipeline chooses.
/// </summary>
public static class SalPipelineFile
{
    /// <summary>The name of the entry with the output of <see cref="SalModel.Save(Stream)"/>.</summary>
    public const string ModelEntry = "SalModel";

    /// <summary>
    /// The name of the entry in the same folder with the output of <see cref="SaveClassNames"/>. Absent if the classes have no names.
    /// </summary>
    public const string ClassNamesEntry = "SalClassNames";

    /// <summary>The name of the entry in the same folder with the output of <see cref="Training.SalTrainingHistory.Save"/>.</summary>
    public const string HistoryEntry = "SalHistory";

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
        ZipArchiveEntry[] models = [.. archive.Entries.Where(entry => Split(entry).Name == ModelEntry)];
        if (models is not [ZipArchiveEntry model])
        {
            throw new InvalidDataException(models.Length == 0
                ? $"The zip holds no SAL model: it has no entry '{ModelEntry}'. Check that it is a pipeline with a SAL trainer, saved "
                    + "by ML.NET."
                : $"The zip holds {models.Length} SAL models ({string.Join(", ", models.Select(entry => entry.FullName))}). "
                    + "Save the one to score with to a separate file.");
        }

        using Stream modelStream = model.Open();
        SalModel loaded = SalModel.Load(modelStream);
        classNames = archive.Entries.FirstOrDefault(entry => Split(entry) == (Split(model).Folder, ClassNamesEntry)) is { } names
            ? ReadClassNames(names, loaded)
            : null;
        return loaded;
    }

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
