using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Makes views of a source of one kind.</summary>
public interface IDataLoader<in TSource> : ICanSaveModel
{
    IDataView Load(TSource input);

    DataViewSchema GetOutputSchema();
}

public static class DataLoaderExtensions
{
    public static IDataView Load(this IDataLoader<IMultiStreamSource> loader, params string[] path) => loader.Load(new MultiFileSource(path));
}
