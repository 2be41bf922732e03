namespace Sal.Core.Data;

/// <summary>The features of one row: dense, with all values, or sparse, with the nonzero values and their indices.</summary>
public readonly ref struct FeatureVector
{
    private readonly ReadOnlySpan<int> _indices; // ascending, one per value; empty if dense

    /// <summary>Creates a dense vector.</summary>
    /// <param name="values">All values.</param>
    public FeatureVector(ReadOnlySpan<float> values)
        : this(values.Length, [], values, isDense: true)
    {
    }

    /// <summary>Creates a sparse vector.</summary>
    /// <param name="length">The number of features, including zeros.</param>
    /// <param name="indices">The indices of the nonzero features, ascending, each below <paramref name="length"/>.</param>
    /// <param name="values">The values of these features.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or the indices are not ascending or out of range.</exception>
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
                    $"The row has index {index} after {last}; indices must ascend and be below the number of features, {length}.",
                    nameof(indices));
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

    /// <summary>Gets the number of features, including zeros.</summary>
    public int Length { get; }

    /// <summary>Gets whether all values are present.</summary>
    public bool IsDense { get; }

    /// <summary>Gets the values: all of them if the vector is dense, otherwise the nonzero ones.</summary>
    public ReadOnlySpan<float> Values { get; }

    /// <summary>Gets the indices of the values if the vector is sparse; empty if it is dense.</summary>
    public ReadOnlySpan<int> Indices => _indices;

    /// <summary>Creates a sparse vector without checking that the indices are ascending.</summary>
    internal static FeatureVector FromStore(int length, ReadOnlySpan<int> indices, ReadOnlySpan<float> values) =>
        new(length, indices, values, isDense: false);

    /// <summary>Copies the values to the positions given by their indices and fills the rest with zeros.</summary>
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
