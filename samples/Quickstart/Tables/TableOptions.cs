namespace Quickstart.Tables;

/// <summary>Holds the options that apply to the user's own data.</summary>
internal sealed record TableOptions
{
    public required FileInfo Data { get; init; }

    public string? Label { get; init; }

    /// <summary>Gets the columns that are not to be features.</summary>
    public IReadOnlyCollection<string> Ignored { get; init; } = [];

    /// <summary>Gets the marks for missing cells in the file, in addition to the usual ones.</summary>
    public IReadOnlyCollection<string> MissingMarks { get; init; } = [];

    /// <summary>Gets the file to write, or null for one in the current folder, named after the data.</summary>
    public FileInfo? Output { get; init; }

    public bool ComparesWithLightGbm { get; init; }

    /// <summary>Gets the path of the file to write, which must not be the input file.</summary>
    public string OutputPath(string extension)
    {
        string path = Output?.FullName ?? Path.GetFullPath(Path.GetFileNameWithoutExtension(Data.Name) + extension);
        if (path == Data.FullName)
        {
            throw new UserErrorException($"--output '{path}' would replace the data. Name another file.");
        }

        string folder = Path.GetDirectoryName(path)!;
        return Directory.Exists(folder) ? path : throw new UserErrorException($"--output: there is no folder '{folder}'.");
    }
}
