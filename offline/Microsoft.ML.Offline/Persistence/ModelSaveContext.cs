using System.Text;

namespace Microsoft.ML;

/// <summary>Where one part of a model writes itself: a folder of the archive, whose main stream is Model.key.</summary>
public sealed class ModelSaveContext : IDisposable
{
    internal const string ModelStreamName = "Model.key";
    internal const uint Magic = 0x4F4D4C46;

    private readonly MemoryStream body = new();
    private VersionInfo version;

    internal ModelSaveContext(RepositoryWriter repository, string directory)
    {
        Repository = repository;
        Directory = directory;
        Writer = new BinaryWriter(body, Encoding.UTF8);
    }

    internal RepositoryWriter Repository { get; }

    internal string Directory { get; }

    internal BinaryWriter Writer { get; }

    public void Dispose() => Writer.Dispose();

    internal void CheckAtModel()
    {
        if (body.Position != 0)
        {
            throw new InvalidOperationException("The model's header must come first.");
        }
    }

    internal void SetVersionInfo(VersionInfo ver) => version = ver;

    internal void SaveBinaryStream(string name, Action<BinaryWriter> action) => Repository.Add(PathOf(name), action);

    internal void SaveStringOrNull(string str)
    {
        Writer.Write(str is not null);
        if (str is not null)
        {
            Writer.Write(str);
        }
    }

    internal void SaveString(string str) => SaveStringOrNull(str ?? throw new ArgumentNullException(nameof(str)));

    internal void SaveNonEmptyString(string str) =>
        SaveString(str?.Length > 0 ? str : throw new ArgumentException("The string to save is empty.", nameof(str)));

    internal void SaveModel<T>(T value, string name)
        where T : class
    {
        var part = value as ICanSaveModel ?? throw new InvalidOperationException($"{value?.GetType()} cannot be saved.");
        SaveSubModel(name, part.Save);
    }

    internal void SaveSubModel(string dir, Action<ModelSaveContext> fn)
    {
        using var context = new ModelSaveContext(Repository, PathOf(dir));
        fn(context);
        context.Done();
    }

    /// <summary>Writes header and main stream; the streams of the part's own naming are written already.</summary>
    internal void Done()
    {
        if (version.ModelSignature is null)
        {
            throw new InvalidOperationException($"'{Directory}' was saved without SetVersionInfo.");
        }

        Writer.Flush();
        Repository.Add(PathOf(ModelStreamName), target =>
        {
            target.Write(Magic);
            target.Write(version.ModelSignature);
            target.Write(version.VerWrittenCur);
            target.Write(version.VerReadableCur);
            target.Write(version.LoaderSignature ?? "");
            target.Write(version.LoaderAssemblyName ?? "");
            target.Write(body.GetBuffer(), 0, (int)body.Length);
        });
    }

    private string PathOf(string name) => string.IsNullOrEmpty(Directory) ? name : $"{Directory}/{name}";
}
