namespace ScoringService.Models;

/// <summary>Identifies the state of a file without reading its content.</summary>
internal readonly record struct FileStamp(DateTime WrittenUtc, long Length)
{
    /// <summary>Reads the state of a file; null if there is no file.</summary>
    public static FileStamp? Read(string path)
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
