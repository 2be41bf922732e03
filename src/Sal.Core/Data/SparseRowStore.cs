namespace Sal.Core.Data;

/// <summary>Stores only the nonzero values of each row, so that memory is proportional to their number.</summary>
internal sealed class SparseRowStore(int featureCount, RowMemory memory) : RowStore(featureCount, memory)
{
    private const int EntriesPerBlock = 1 << 17;

    private readonly List<RowBlock> _indices = []; // ints, blocks of entries; a row never spans two blocks
    private readonly List<RowBlock> _values = []; // floats, likewise
    private readonly List<(int Block, int Start, int Length)> _rows = [];
    private int _used; // entries in use in the last block
    private int _capacity; // capacity of the last block, in entries

    public override int Count => _rows.Count;

    public override bool IsSparse => true;

    /// <summary>Gets the total number of values stored.</summary>
    public long EntryCount { get; private set; }

    public override FeatureVector this[int row]
    {
        get
        {
            (int block, int start, int length) = _rows[row];
            return FeatureVector.FromStore(
                FeatureCount, _indices[block].As<int>().Slice(start, length), _values[block].As<float>().Slice(start, length));
        }
    }

    public override void Add(in FeatureVector row)
    {
        int length = row.IsDense ? CountNonZero(row.Values) : row.Values.Length;
        Reserve(length);
        for (int i = 0; i < row.Values.Length; i++)
        {
            if (!row.IsDense || row.Values[i] != 0)
            {
                AddEntry(row.IsDense ? i : row.Indices[i], row.Values[i]);
            }
        }

        _rows.Add((_indices.Count - 1, _used - length, length));
        EntryCount += length;
    }

    private static int CountNonZero(ReadOnlySpan<float> values)
    {
        int count = 0;
        foreach (float value in values)
        {
            count += value != 0 ? 1 : 0;
        }

        return count;
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
}
