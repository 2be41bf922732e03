namespace ScoringService.Models;

/// <summary>What tells one state of a file from another without reading it.</summary>
internal readonly record struct FileStamp(DateTime WrittenUtc, long Length)
{
    /// <summary>A file's state; null if there is no file.</summary>
    public static FileStamp? Of(string path)
    {
        try
        {
            // Of a link, that of the file it leads to: volumes of containers swap links.
            var file = new FileInfo(path);
            file = (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
            return file.Exists ? new FileStamp(file.LastWriteTimeUtc, file.Length) : null;
        }
        catch (IOException)
        {
            return null; // replaced between the two looks
        }
    }
}
