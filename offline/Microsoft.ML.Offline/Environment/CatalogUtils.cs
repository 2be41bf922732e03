using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

internal interface IInternalCatalog
{
    IHostEnvironment Environment { get; }
}

/// <summary>How an extension method of a catalog reaches the environment.</summary>
internal static class CatalogUtils
{
    public static IHostEnvironment GetEnvironment(this IInternalCatalog catalog) => catalog.Environment;
}
