namespace Sal.Core.Data;

/// <summary>Checks sparse rows that come from outside.</summary>
internal static class SparseFeatures
{
    /// <exception cref="ArgumentException">The spans differ in length, or the indices do not ascend or leave the range.</exception>
    public static void Check(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, int featureCount)
    {
        if (indices.Length != values.Length)
        {
            throw new ArgumentException($"The row has {indices.Length} indices but {values.Length} values.", nameof(values));
        }

        int last = -1;
        foreach (int index in indices)
        {
            if (index <= last || index >= featureCount)
            {
                throw new ArgumentException(
                    $"The row has index {index} after {last}; indices must ascend and be below the number of features, {featureCount}.", nameof(indices));
            }

            last = index;
        }
    }
}
