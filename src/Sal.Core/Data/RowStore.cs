namespace Sal.Core.Data;

/// <summary>The features of many rows, packed in blocks so that they grow without being copied.</summary>
internal abstract class RowStore(int featureCount, RowMemory memory)
{
    /// <summary>Where the blocks come from.</summary>
    public RowMemory Memory { get; } = memory;

    public int FeatureCount { get; } = featureCount;

    public abstract int Count { get; }

    public abstract bool IsSparse { get; }

    /// <summary>Adds a row.</summary>
    public abstract void Add(ReadOnlySpan<int> indices, ReadOnlySpan<float> values);

    /// <summary>Adds a row.</summary>
    public abstract void Add(ReadOnlySpan<float> features);
}
