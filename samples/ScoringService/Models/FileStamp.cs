namespace ScoringService.Models;

/// <summary>Tells states of a file apart without reading it.</summary>
internal readonly record struct FileStamp(DateTime WrittenUtc, long Length)
{
    /// <summary>Gets a file's state; null if there is no file.</summary>
    public static FileStamp? Of(string path)
    {
        try
        {
            // Follow links: container volumes replace files by changing a link.
            var file = new FileInfo(path);
            file = (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
            return file.Exists ? new FileStamp(file.LastWriteTimeUtc, file.Length) : null;
        }
        catch (IOException)
        {
            return null; // replaced between the two calls
        }
    }
}
