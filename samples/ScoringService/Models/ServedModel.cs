namespace ScoringService.Models;

/// <summary>A model's place in the service: its file, and the version of it that answers.</summary>
/// <param name="path">The full path of the file. Only the log shows it.</param>
/// <param name="first">The version to start with.</param>
/// <param name="stamp">The state of the file that the version was read from.</param>
internal sealed class ServedModel(string path, LoadedModel first, FileStamp? stamp)
{
    private volatile LoadedModel _current = first;

    /// <summary>Gets the name in requests.</summary>
    public string Name { get; } = first.Name;

    /// <summary>Gets the full path of the file.</summary>
    public string Path => path;

    /// <summary>Gets or sets the version that answers. A request reads it once and keeps that version to its end.</summary>
    public LoadedModel Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>Gets or sets the state of the file when loading it was last tried, with success or not.</summary>
    public FileStamp? Tried { get; set; } = stamp;

    /// <summary>Gets or sets the state of the file when it was last looked at.</summary>
    public FileStamp? Seen { get; set; } = stamp;
}
