namespace Microsoft.ML.Data;

/// <summary>A vector value: dense (all slots), or sparse (explicit slots with ascending indices, the others default).</summary>
public readonly struct VBuffer<T>
{
    private readonly T[] values;
    private readonly int[] indices;
    private readonly int count;

    /// <summary>The logical number of slots.</summary>
    public readonly int Length;

    /// <summary>A dense vector; <paramref name="indices"/> is only kept for reuse.</summary>
    public VBuffer(int length, T[] values, int[] indices = null)
        : this(length, length, values, indices)
    {
    }

    public VBuffer(int length, int count, T[] values, int[] indices)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, values?.Length ?? 0, nameof(values));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count < length ? count : 0, indices?.Length ?? 0, nameof(indices));
        Length = length;
        this.count = count;
        this.values = values;
        this.indices = indices;
    }

    public bool IsDense => count == Length;

    internal T[] ValueStore => values;

    internal int[] IndexStore => indices;

    /// <summary>The explicit values: all of them if dense.</summary>
    public ReadOnlySpan<T> GetValues() => values.AsSpan(0, count);

    /// <summary>The slots of the explicit values if sparse; empty if dense.</summary>
    public ReadOnlySpan<int> GetIndices() => IsDense ? default : indices.AsSpan(0, count);

    /// <summary>All values, with the default in slots that are not explicit.</summary>
    public IEnumerable<T> DenseValues()
    {
        for (int slot = 0, next = 0; slot < Length; slot++)
        {
            if (IsDense)
            {
                yield return values[slot];
            }
            else if (next < count && indices[next] == slot)
            {
                yield return values[next++];
            }
            else
            {
                yield return default;
            }
        }
    }

    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
    {
        if (all)
        {
            return DenseValues().Select((value, slot) => KeyValuePair.Create(slot, value));
        }

        var self = this;
        return Enumerable.Range(0, count).Select(i => KeyValuePair.Create(self.IsDense ? i : self.indices[i], self.values[i]));
    }

    public T GetItemOrDefault(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
        var position = IsDense ? index : GetIndices().BinarySearch(index);
        return position >= 0 ? values[position] : default;
    }

    public void GetItemOrDefault(int index, ref T destination) => destination = GetItemOrDefault(index);

    public void CopyTo(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length, count);
        GetValues().CopyTo(editor.Values);
        GetIndices().CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    public void CopyTo(ref VBuffer<T> destination, int sourceIndex, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sourceIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length - sourceIndex);
        var chosen = Items().Where(item => item.Key >= sourceIndex && item.Key < sourceIndex + length).ToArray();
        var editor = VBufferEditor.Create(ref destination, length, chosen.Length);
        for (var i = 0; i < chosen.Length; i++)
        {
            editor.Values[i] = chosen[i].Value;
            if (chosen.Length < length)
            {
                editor.Indices[i] = chosen[i].Key - sourceIndex;
            }
        }

        destination = editor.Commit();
    }

    public void CopyToDense(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default)
    {
        destination = destination.Slice(destinationIndex, Length);
        if (IsDense)
        {
            GetValues().CopyTo(destination);
            return;
        }

        destination.Fill(defaultValue);
        for (var i = 0; i < count; i++)
        {
            destination[indices[i]] = values[i];
        }
    }

    public static void Copy(T[] source, int sourceIndex, ref VBuffer<T> destination, int length)
    {
        var editor = VBufferEditor.Create(ref destination, length);
        source.AsSpan(sourceIndex, length).CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public override string ToString() => IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {count} explicit values";
}
