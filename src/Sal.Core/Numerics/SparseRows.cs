namespace Sal.Core.Numerics;

/// <summary>Rows of which only the non-zero values are stored, in order. Storage is reused from one filling to the next.</summary>
internal sealed class SparseRows
{
    private int[] _starts = new int[1]; // where each row's entries start; the last one is where they all end
    private int[] _indices = new int[256];
    private float[] _values = new float[256];

    /// <summary>Rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>The columns of a row's values, ascending.</summary>
    public ReadOnlySpan<int> Indices(int row) => _indices.AsSpan(_starts[row]..EndOf(row));

    /// <summary>A row's values.</summary>
    public ReadOnlySpan<float> Values(int row) => _values.AsSpan(_starts[row]..EndOf(row));

    /// <summary>Forgets all rows.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds empty rows until there are as many as asked for.</summary>
    public void PadTo(int count)
    {
        while (Count < count)
        {
            StartRow();
        }
    }

    /// <summary>Starts a row, which <see cref="Add"/> fills.</summary>
    public void StartRow()
    {
        if (Count + 1 == _starts.Length)
        {
            Array.Resize(ref _starts, _starts.Length * 2);
        }

        _starts[Count + 1] = _starts[Count];
        Count++;
    }

    /// <summary>Adds a value to the row started last; columns must ascend.</summary>
    public void Add(int index, float value)
    {
        int place = _starts[Count];
        if (place == _indices.Length)
        {
            Array.Resize(ref _indices, place * 2);
            Array.Resize(ref _values, place * 2);
        }

        _indices[place] = index;
        _values[place] = value;
        _starts[Count] = place + 1;
    }

    private int EndOf(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        return _starts[row + 1];
    }
}
