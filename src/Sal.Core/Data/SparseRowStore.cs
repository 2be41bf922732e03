namespace Sal.Core.Data;

/// <summary>Rows with just the values that are not zero: memory in proportion to those.</summary>
internal sealed class SparseRowStore(int featureCount, RowMemory memory) : RowStore(featureCount, memory)
{
    private const int EntriesPerBlock = 1 << 17;

    private readonly List<RowBlock> _indices = []; // ints, blocks of entries; a row lies within one
    private readonly List<RowBlock> _values = []; // floats, likewise
    private readonly List<(int Block, int Start, int Length)> _rows = [];
    private int _used; // entries of the last block
    private int _capacity; // of the last block

    public override int Count => _rows.Count;

    public override bool IsSparse => true;

    /// <summary>Values stored.</summary>
    public long EntryCount { get; private set; }

    public ReadOnlySpan<int> Indices(int row) => _indices[_rows[row].Block].As<int>().Slice(_rows[row].Start, _rows[row].Length);

    public ReadOnlySpan<float> Values(int row) => _values[_rows[row].Block].As<float>().Slice(_rows[row].Start, _rows[row].Length);

    public override void Add(ReadOnlySpan<float> features)
    {
        int length = 0;
        foreach (float value in features)
        {
            length += value != 0 ? 1 : 0;
        }

        Reserve(length);
        for (int index = 0; index < features.Length; index++)
        {
            if (features[index] != 0)
            {
                AddEntry(index, features[index]);
            }
        }

        CloseRow(length);
    }

    public override void Add(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        Reserve(indices.Length);
        for (int i = 0; i < indices.Length; i++)
        {
            AddEntry(indices[i], values[i]);
        }

        CloseRow(indices.Length);
    }

    private void Reserve(int length)
    {
        if (_indices.Count == 0 || _used + length > _capacity)
        {
            _capacity = Math.Max(EntriesPerBlock, length);
            _indices.Add(Memory.Allocate(checked(_capacity * sizeof(int))));
            _values.Add(Memory.Allocate(checked(_capacity * sizeof(float))));
            _used = 0;
        }
    }

    private void AddEntry(int index, float value)
    {
        _indices[^1].As<int>()[_used] = index;
        _values[^1].As<float>()[_used++] = value;
    }

    private void CloseRow(int length)
    {
        _rows.Add((_indices.Count - 1, _used - length, length));
        EntryCount += length;
    }
}
