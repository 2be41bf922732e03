namespace ScoringService.Models;

/// <summary>A model's place in the service: its file, and the version of it that answers.</summary>
/// <param name="path">The full path of the file. It is told to nobody but the log.</param>
/// <param name="first">The version to begin with.</param>
/// <param name="stamp">The state of the file that it was read from.</param>
internal sealed class ServedModel(string path, LoadedModel first, FileStamp? stamp)
{
    private volatile LoadedModel _current = first;

    /// <summary>The name in requests.</summary>
    public string Name { get; } = first.Name;

    /// <summary>The full path of the file.</summary>
    public string Path => path;

    /// <summary>The version that answers. A request takes it once, and keeps it to its end.</summary>
    public LoadedModel Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>The state of the file that was last tried, whether it could be loaded or not.</summary>
    public FileStamp? Tried { get; set; } = stamp;

    /// <summary>The state of the file that was last seen.</summary>
    public FileStamp? Seen { get; set; } = stamp;
}
