namespace Quickstart.Tables;

/// <summary>What the user asks for with --data.</summary>
internal sealed record TableOptions
{
    public required FileInfo Data { get; init; }

    public string? Label { get; init; }

    /// <summary>Gets the columns that are not to be features.</summary>
    public IReadOnlyCollection<string> Ignored { get; init; } = [];

    /// <summary>Gets what the file writes for a missing cell, besides the usual marks.</summary>
    public IReadOnlyCollection<string> MissingMarks { get; init; } = [];

    /// <summary>Gets the file to write, or null for one in the current folder that is named after the data.</summary>
    public FileInfo? Output { get; init; }

    public bool ComparesWithLightGbm { get; init; }

    /// <summary>Gets the file to write, which may not be the one that is read.</summary>
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
