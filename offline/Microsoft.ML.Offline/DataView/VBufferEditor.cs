namespace Microsoft.ML.Data;

/// <summary>Makes editors that reuse the arrays of an existing vector.</summary>
public static class VBufferEditor
{
    public static VBufferEditor<T> CreateFromBuffer<T>(ref VBuffer<T> destination) =>
        new(destination.Length, destination.GetValues().Length, destination.ValueStore, destination.IndexStore, false, false, false);

    public static VBufferEditor<T> Create<T>(
        ref VBuffer<T> destination,
        int newLogicalLength,
        int? valuesCount = null,
        int? maxValuesCapacity = null,
        bool keepOldOnResize = false,
        bool requireIndicesOnDense = false)
    {
        var count = valuesCount ?? newLogicalLength;
        ArgumentOutOfRangeException.ThrowIfNegative(newLogicalLength);
        ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(valuesCount));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, newLogicalLength, nameof(valuesCount));
        var values = Grown(destination.ValueStore, count, keepOldOnResize, out var newValues);
        var newIndices = false;
        var indices = count < newLogicalLength || requireIndicesOnDense
            ? Grown(destination.IndexStore, count, keepOldOnResize, out newIndices)
            : destination.IndexStore;
        return new VBufferEditor<T>(newLogicalLength, count, values, indices, requireIndicesOnDense, newValues, newIndices);
    }

    private static TItem[] Grown<TItem>(TItem[] store, int size, bool keep, out bool isNew)
    {
        isNew = store is null || store.Length < size;
        if (!isNew)
        {
            return store;
        }

        var grown = new TItem[size];
        if (keep)
        {
            store?.CopyTo(grown, 0);
        }

        return grown;
    }
}

/// <summary>Writable access to a vector under construction; <see cref="Commit"/> gives the vector.</summary>
public readonly ref struct VBufferEditor<T>
{
    private readonly int length;
    private readonly T[] values;
    private readonly int[] indices;

    internal VBufferEditor(int length, int count, T[] values, int[] indices, bool hasIndices, bool createdNewValues, bool createdNewIndices)
    {
        this.length = length;
        this.values = values;
        this.indices = indices;
        Values = values.AsSpan(0, count);
        Indices = count < length || hasIndices ? indices.AsSpan(0, count) : default;
        CreatedNewValues = createdNewValues;
        CreatedNewIndices = createdNewIndices;
    }

    /// <summary>The explicit values.</summary>
    public readonly Span<T> Values;

    /// <summary>The slots of the explicit values, for a sparse vector.</summary>
    public readonly Span<int> Indices;

    public bool CreatedNewValues { get; }

    public bool CreatedNewIndices { get; }

    public VBuffer<T> Commit() => new(length, Values.Length, values, indices);

    /// <summary>Keeps only the first values of those the editor was made for.</summary>
    public VBuffer<T> CommitTruncated(int physicalValuesCount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(physicalValuesCount, Values.Length);
        return new VBuffer<T>(length, physicalValuesCount, values, indices);
    }
}
