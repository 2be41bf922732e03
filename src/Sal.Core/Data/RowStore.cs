namespace Sal.Core.Data;

/// <summary>The features of many rows, packed in blocks so that the store grows without copying.</summary>
internal abstract class RowStore(int featureCount, RowMemory memory)
{
    /// <summary>Gets the memory that the blocks are allocated from.</summary>
    public RowMemory Memory { get; } = memory;

    public int FeatureCount { get; } = featureCount;

    /// <summary>Gets the number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>Gets whether only the nonzero values are stored.</summary>
    public abstract bool IsSparse { get; }

    /// <summary>Gets a row in the form in which it is stored, dense or sparse.</summary>
    public abstract FeatureVector this[int row] { get; }

    /// <summary>Adds a row.</summary>
    public abstract void Add(in FeatureVector row);
}
