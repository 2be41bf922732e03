namespace Sal.Core.Files;

/// <summary>
/// Writes a file as a whole: to a draft beside it, which is flushed to the disk and then renamed. Whatever fails, and whenever the process is
/// killed, the file is the old one or the new one.
/// </summary>
public static class AtomicFile
{
    private const string DraftExtension = ".saving";
    private const int BufferSize = 1 << 16;

    /// <summary>Gets the full path of a file; where it is a link, of its target.</summary>
    internal static string Resolve(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; a link is followed.</param>
    /// <param name="write">Writes its contents.</param>
    /// <param name="keepOldAs">Where an old file is moved to just before the new one takes its place; null replaces it.</param>
    /// <exception cref="IOException">The file cannot be written: the disk is full, the folder does not exist, ...</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written.</exception>
    public static void Write(string path, Action<Stream> write, string? keepOldAs = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(write);
        string target = Resolve(path);
        RemoveLeftovers(target);
        string draft = DraftOf(target);
        try
        {
            // Open, and so locked, until it is renamed: a leftover is a draft that nobody has open.
            using var stream = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.Delete, BufferSize);
            write(stream);
            stream.Flush(flushToDisk: true);
            if (keepOldAs is not null && File.Exists(target))
            {
                File.Move(target, keepOldAs, overwrite: true);
            }

            File.Move(draft, target, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    /// <summary>Finds out whether a file could be written, and removes what killed processes left of it.</summary>
    /// <param name="path">The file, resolved.</param>
    /// <exception cref="IOException">It cannot.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not.</exception>
    internal static void CheckIsWritable(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"'{path}' is a folder.");
        }

        RemoveLeftovers(path);
        using var draft = new FileStream(DraftOf(path), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
    }

    // In the same folder: only within a file system is a move atomic.
    private static string DraftOf(string path) => $"{path}.{Path.GetRandomFileName()}{DraftExtension}";

    // Drafts of processes that were killed.
    private static void RemoveLeftovers(string path)
    {
        int nameLength = DraftOf(path).Length;
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = 0 };
        foreach (string draft in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"*{DraftExtension}", options))
        {
            if (draft.Length != nameLength || !draft.StartsWith($"{path}.", StringComparison.Ordinal))
            {
                continue;
            }

            try
            {
                using var leftover = new FileStream(draft, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another process is writing it, or it is not ours to remove.
            }
        }
    }
}
