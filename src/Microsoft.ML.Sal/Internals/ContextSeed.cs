using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Finds the seed of an operation that draws at random.</summary>
internal static class ContextSeed
{
    /// <summary>
    /// Gets the given seed, else that of the <see cref="MLContext"/>, else 0. As with ML.NET's own splits, the same call twice gives the
    /// same result.
    /// </summary>
    public static int Resolve(IHostEnvironment environment, int? seed) => seed ?? (environment as IHostEnvironmentInternal)?.Seed ?? 0;
}
