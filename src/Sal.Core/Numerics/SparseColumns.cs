namespace Sal.Core.Numerics;

/// <summary>
/// The entries of some sparse rows, ordered by column and, within a column, by row: the order in which gradients are summed.
/// </summary>
internal sealed class SparseColumns
{
    private readonly List<int> _starts = [];
    private readonly List<int> _columns = [];
    private ulong[] _keys = new ulong[256]; // column << 32 | entry, sorted
    private int[] _rows = new int[256]; // of each entry
    private float[] _values = new float[256]; // of each entry
    private int _entries;

    /// <summary>Gets the number of columns with entries.</summary>
    public int Count => _columns.Count;

    public int Column(int i) => _columns[i];

    /// <summary>Gets the range of positions of the i-th column's entries, for <see cref="Entry"/>.</summary>
    public (int Start, int End) Range(int i) => (_starts[i], i + 1 < _starts.Count ? _starts[i + 1] : _entries);

    /// <summary>Gets the row and the value of an entry.</summary>
    public (int Row, float Value) Entry(int place)
    {
        int entry = (int)(uint)_keys[place];
        return (_rows[entry], _values[entry]);
    }

    /// <summary>Replaces the entries by those of some rows.</summary>
    public void Fill(SparseRows source, Interval rows)
    {
        _entries = 0;
        for (int row = rows.Start; row < rows.End; row++)
        {
            ReadOnlySpan<int> indices = source.Indices(row);
            ReadOnlySpan<float> values = source.Values(row);
            Reserve(_entries + indices.Length);
            for (int i = 0; i < indices.Length; i++, _entries++)
            {
                _keys[_entries] = (ulong)indices[i] << 32 | (uint)_entries;
                _rows[_entries] = row;
                _values[_entries] = values[i];
            }
        }

        _keys.AsSpan(0, _entries).Sort();
        _starts.Clear();
        _columns.Clear();
        for (int place = 0; place < _entries; place++)
        {
            int column = (int)(_keys[place] >> 32);
            if (_columns.Count == 0 || _columns[^1] != column)
            {
                _columns.Add(column);
                _starts.Add(place);
            }
        }
    }

    private void Reserve(int count)
    {
        if (count > _keys.Length)
        {
            int length = Math.Max(count, _keys.Length * 2);
            Array.Resize(ref _keys, length);
            Array.Resize(ref _rows, length);
            Array.Resize(ref _values, length);
        }
    }
}
