using System.IO.Compression;

namespace Microsoft.ML;

/// <summary>Writes the named parts of a model to a zip archive.</summary>
internal sealed class RepositoryWriter(Stream stream) : IDisposable
{
    private static readonly DateTimeOffset Timestamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);

    public void Add(string path, ReadOnlySpan<byte> content)
    {
        var entry = archive.CreateEntry(path);
        entry.LastWriteTime = Timestamp;
        using var target = entry.Open();
        target.Write(content);
    }

    public void Add(string path, Action<BinaryWriter> write)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        write(writer);
        writer.Flush();
        Add(path, buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    public void Dispose() => archive.Dispose();
}

/// <summary>Reads the named parts of a model from a zip archive.</summary>
internal sealed class RepositoryReader : IDisposable
{
    private readonly ZipArchive archive;

    public RepositoryReader(Stream stream)
    {
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException e)
        {
            throw new FormatException("The model file is not a zip archive, or is damaged.", e);
        }
    }

    /// <summary>The whole content of a part, or null if there is none of that name.</summary>
    public MemoryStream OpenOrNull(string path)
    {
        var entry = archive.GetEntry(path);
        if (entry is null)
        {
            return null;
        }

        using var source = entry.Open();
        var content = new MemoryStream();
        source.CopyTo(content);
        content.Position = 0;
        return content;
    }

    public void Dispose() => archive.Dispose();
}
