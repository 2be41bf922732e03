using System.Reflection;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Where one part of a model reads itself from; the twin of <see cref="ModelSaveContext"/>.</summary>
internal sealed class ModelLoadContext : IDisposable
{
    private readonly string modelSignature;
    private readonly uint verWritten;
    private readonly uint verReadable;
    private readonly string loaderSignature;

    private ModelLoadContext(RepositoryReader repository, string directory, Stream main)
    {
        Repository = repository;
        Directory = directory;
        Reader = new BinaryReader(main, Encoding.UTF8);
        try
        {
            if (Reader.ReadUInt32() != ModelSaveContext.Magic)
            {
                throw new FormatException($"'{directory}' was not written by the offline stand-in of ML.NET.");
            }

            modelSignature = Reader.ReadString();
            verWritten = Reader.ReadUInt32();
            verReadable = Reader.ReadUInt32();
            loaderSignature = Reader.ReadString();
            LoaderAssemblyName = Reader.ReadString();
        }
        catch (EndOfStreamException e)
        {
            throw new FormatException($"'{directory}' is cut short.", e);
        }
    }

    public RepositoryReader Repository { get; }

    public string Directory { get; }

    public BinaryReader Reader { get; }

    public string LoaderAssemblyName { get; }

    public static bool LoadModelOrNull<TRes, TSig>(IHostEnvironment env, out TRes result, RepositoryReader rep, string dir)
        where TRes : class
    {
        result = null;
        using var context = OpenOrNull(rep, dir);
        if (context is null)
        {
            return false;
        }

        if (!string.IsNullOrEmpty(context.LoaderAssemblyName))
        {
            try
            {
                env.ComponentCatalog.RegisterAssembly(Assembly.Load(context.LoaderAssemblyName), throwOnError: false);
            }
            catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException)
            {
                // The class may come from an assembly registered by hand; if not, the catalog says what is missing.
            }
        }

        result = env.ComponentCatalog.CreateFromModel(env, context.loaderSignature, context) as TRes
            ?? throw env.ExceptDecode($"'{dir}' of the model is not a {typeof(TRes).Name}.");
        return true;
    }

    public static void LoadModel<TRes, TSig>(IHostEnvironment env, out TRes result, RepositoryReader rep, string dir)
        where TRes : class
    {
        if (!LoadModelOrNull<TRes, TSig>(env, out result, rep, dir))
        {
            throw env.ExceptDecode($"Corrupt model file: no '{dir}' in it.");
        }
    }

    public void LoadModel<TRes, TSig>(IHostEnvironment env, out TRes result, string name)
        where TRes : class => LoadModel<TRes, TSig>(env, out result, Repository, PathOf(name));

    public bool TryLoadBinaryStream(string name, Action<BinaryReader> action)
    {
        var stream = Repository.OpenOrNull(PathOf(name));
        if (stream is null)
        {
            return false;
        }

        using var reader = new BinaryReader(stream, Encoding.UTF8);
        action(reader);
        return true;
    }

    public void CheckAtModel()
    {
    }

    public void CheckAtModel(VersionInfo ver) => CheckVersionInfo(ver);

    public void CheckVersionInfo(VersionInfo ver)
    {
        if (modelSignature != ver.ModelSignature)
        {
            throw new FormatException($"Unknown file type: '{Directory}' is '{modelSignature}', not '{ver.ModelSignature}'.");
        }

        if (verReadable > ver.VerWrittenCur)
        {
            throw new FormatException($"Cause: ML.NET {modelSignature} code is too old to read '{Directory}', written as version {verWritten:x8}.");
        }

        if (verWritten < ver.VerWeCanReadBack)
        {
            throw new FormatException($"'{Directory}' of version {verWritten:x8} is too old; the oldest that can be read is {ver.VerWeCanReadBack:x8}.");
        }
    }

    public string LoadStringOrNull() => Reader.ReadBoolean() ? Reader.ReadString() : null;

    public string LoadString() => LoadStringOrNull() ?? throw new FormatException($"'{Directory}' lacks a string.");

    public string LoadNonEmptyString() =>
        LoadString() is { Length: > 0 } text ? text : throw new FormatException($"'{Directory}' has an empty string.");

    public void Dispose() => Reader.Dispose();

    private static ModelLoadContext OpenOrNull(RepositoryReader repository, string directory)
    {
        var main = repository.OpenOrNull(directory.Length == 0 ? ModelSaveContext.ModelStreamName : $"{directory}/{ModelSaveContext.ModelStreamName}");
        return main is null ? null : new ModelLoadContext(repository, directory, main);
    }

    private string PathOf(string name) => string.IsNullOrEmpty(Directory) ? name : $"{Directory}/{name}";
}
