namespace Sal.Core.Files;

/// <summary>
/// Writes a file atomically: to a draft in the same folder, which is flushed to disk and then renamed. Whatever fails, and whenever the
/// process is killed, the path holds either the complete old file or the complete new one.
/// </summary>
public static class AtomicFile
{
    private const string DraftExtension = ".saving";
    private const int BufferSize = 1 << 16;

    /// <summary>Gets the full path of a file, or of its final target if the file is a link.</summary>
    internal static string Resolve(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <summary>Writes a file.</summary>
    /// <param name="path">The path of the file. Links are followed.</param>
    /// <param name="write">Writes the contents of the file.</param>
    /// <param name="keepOldAs">
    /// The path that an existing file is moved to just before the new one takes its place; null overwrites it.
    /// </param>
    /// <exception cref="IOException">
    /// The file cannot be written, for example because the disk is full or the folder does not exist.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file or its folder is denied.</exception>
    public static void Write(string path, Action<Stream> write, string? keepOldAs = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(write);
        string target = Resolve(path);
        RemoveLeftovers(target);
        string draft = DraftOf(target);
        try
        {
            // The draft stays open, and thus locked, until it is renamed. A draft that nobody has open is therefore a leftover.
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

    /// <summary>Checks whether a file can be written, and deletes drafts that killed processes left behind.</summary>
    /// <param name="path">The full path of the file, with links resolved.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file or its folder is denied.</exception>
    internal static void CheckIsWritable(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"'{path}' is a folder.");
        }

        RemoveLeftovers(path);
        using var draft = new FileStream(
            DraftOf(path), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
    }

    // In the same folder, because a move is atomic only within a file system.
    private static string DraftOf(string path) => $"{path}.{Path.GetRandomFileName()}{DraftExtension}";

    // Deletes drafts of processes that were killed.
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
                using var leftover = new FileStream(
                    draft, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another process is writing the draft, or this process has no right to delete it.
            }
        }
    }
}
