namespace Sal.Core.Data;

/// <summary>The features of one row: dense, with every value, or sparse, with the values that are not zero and their indices.</summary>
public readonly ref struct FeatureVector
{
    private readonly ReadOnlySpan<int> _indices; // ascending, one per value; empty where dense

    /// <summary>Creates a dense vector.</summary>
    /// <param name="values">Every value.</param>
    public FeatureVector(ReadOnlySpan<float> values)
        : this(values.Length, [], values, isDense: true)
    {
    }

    /// <summary>Creates a sparse vector.</summary>
    /// <param name="length">The number of features, zeros included.</param>
    /// <param name="indices">The features that are not zero, ascending, each below <paramref name="length"/>.</param>
    /// <param name="values">Their values.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or the indices do not ascend or leave the range.</exception>
    public FeatureVector(int length, ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
        : this(length, indices, values, isDense: false)
    {
        if (indices.Length != values.Length)
        {
            throw new ArgumentException($"The row has {indices.Length} indices but {values.Length} values.", nameof(values));
        }

        int last = -1;
        foreach (int index in indices)
        {
            if (index <= last || index >= length)
            {
                throw new ArgumentException(
                    $"The row has index {index} after {last}; indices must ascend and be below the number of features, {length}.", nameof(indices));
            }

            last = index;
        }
    }

    private FeatureVector(int length, ReadOnlySpan<int> indices, ReadOnlySpan<float> values, bool isDense)
    {
        Length = length;
        _indices = indices;
        Values = values;
        IsDense = isDense;
    }

    /// <summary>Gets the number of features, zeros included.</summary>
    public int Length { get; }

    /// <summary>Gets whether every value is present.</summary>
    public bool IsDense { get; }

    /// <summary>Gets the values: all of them, or those that are not zero.</summary>
    public ReadOnlySpan<float> Values { get; }

    /// <summary>Gets the index of each value of a sparse vector; empty where the vector is dense.</summary>
    public ReadOnlySpan<int> Indices => _indices;

    /// <summary>Creates a sparse vector whose indices are known to ascend.</summary>
    internal static FeatureVector FromStore(int length, ReadOnlySpan<int> indices, ReadOnlySpan<float> values) => new(length, indices, values, isDense: false);

    /// <summary>Copies the values to where their indices say, with zeros between them.</summary>
    /// <param name="destination">Written: <see cref="Length"/> values.</param>
    internal void CopyTo(Span<float> destination)
    {
        if (IsDense)
        {
            Values.CopyTo(destination);
            return;
        }

        destination[..Length].Clear();
        for (int i = 0; i < Values.Length; i++)
        {
            destination[_indices[i]] = Values[i];
        }
    }
}
