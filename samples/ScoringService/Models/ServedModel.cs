namespace ScoringService.Models;

/// <summary>Represents a model that the service serves: its file and the version that currently answers.</summary>
/// <param name="path">The full path of the file, which only the log shows.</param>
/// <param name="first">The first version.</param>
/// <param name="stamp">The state of the file from which the first version was read.</param>
internal sealed class ServedModel(string path, LoadedModel first, FileStamp? stamp)
{
    private volatile LoadedModel _current = first;

    /// <summary>Gets the model's name in requests.</summary>
    public string Name { get; } = first.Name;

    /// <summary>Gets the full path of the file.</summary>
    public string Path => path;

    /// <summary>Gets or sets the version that answers. Each request reads it once and keeps that version until it ends.</summary>
    public LoadedModel Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>Gets or sets the state of the file at the last attempt to load it, successful or not.</summary>
    public FileStamp? Tried { get; set; } = stamp;

    /// <summary>Gets or sets the state of the file at the last check.</summary>
    public FileStamp? Seen { get; set; } = stamp;
}
