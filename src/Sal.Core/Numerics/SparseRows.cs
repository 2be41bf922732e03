namespace Sal.Core.Numerics;

/// <summary>
/// Rows of which only the nonzero values are stored, in order. The storage is reused when the rows are cleared and filled again.
/// </summary>
internal sealed class SparseRows
{
    private int[] _starts = new int[1]; // where each row's entries start, followed by the end of the last row
    private int[] _indices = new int[256];
    private float[] _values = new float[256];

    /// <summary>Gets the number of rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the columns of a row's values, ascending.</summary>
    public ReadOnlySpan<int> Indices(int row) => _indices.AsSpan(_starts[row]..EndOf(row));

    /// <summary>Gets the values of a row.</summary>
    public ReadOnlySpan<float> Values(int row) => _values.AsSpan(_starts[row]..EndOf(row));

    /// <summary>Removes all rows.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds empty rows until there are <paramref name="count"/> rows.</summary>
    public void PadTo(int count)
    {
        while (Count < count)
        {
            StartRow();
        }
    }

    /// <summary>Starts a new row, which <see cref="Add"/> fills.</summary>
    public void StartRow()
    {
        if (Count + 1 == _starts.Length)
        {
            Array.Resize(ref _starts, _starts.Length * 2);
        }

        _starts[Count + 1] = _starts[Count];
        Count++;
    }

    /// <summary>Adds a value to the last row. Columns must be added in ascending order.</summary>
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
