namespace Sal.Core.Data;

/// <summary>The features of many rows, packed in blocks so that they grow without being copied.</summary>
internal abstract class RowStore(int featureCount, RowMemory memory)
{
    /// <summary>Gets the memory that the blocks come from.</summary>
    public RowMemory Memory { get; } = memory;

    public int FeatureCount { get; } = featureCount;

    /// <summary>Gets the number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>Gets whether just the values that are not zero are stored.</summary>
    public abstract bool IsSparse { get; }

    /// <summary>Gets a row as it is stored: dense or sparse.</summary>
    public abstract FeatureVector this[int row] { get; }

    /// <summary>Adds a row.</summary>
    public abstract void Add(in FeatureVector row);
}
