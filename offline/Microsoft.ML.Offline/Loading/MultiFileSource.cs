namespace Microsoft.ML.Data;

/// <summary>Streams that are read one after the other, as if they were one.</summary>
public interface IMultiStreamSource
{
    int Count { get; }

    string GetPathOrNull(int index);

    Stream Open(int index);

    TextReader OpenTextReader(int index);
}

/// <summary>Files, named one by one or by a pattern such as data/*.csv.</summary>
public sealed class MultiFileSource : IMultiStreamSource
{
    private readonly string[] files;

    public MultiFileSource(params string[] paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        files = [.. paths.SelectMany(Expand)];
    }

    public int Count => files.Length;

    public string GetPathOrNull(int index) => files[index];

    public Stream Open(int index) => File.OpenRead(files[index]);

    public TextReader OpenTextReader(int index) => new StreamReader(files[index]);

    private static IEnumerable<string> Expand(string path) =>
        Path.GetFileName(path).Contains('*', StringComparison.Ordinal)
            ? Directory.GetFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(path)).Order(StringComparer.Ordinal)
            : [path];
}
