namespace Sal.Core.Data;

/// <summary>Rows with all their values.</summary>
internal sealed class DenseRowStore(int featureCount, RowMemory memory) : RowStore(featureCount, memory)
{
    private const int FloatsPerBlock = 1 << 18;

    private readonly List<RowBlock> _blocks = []; // floats, each rowsPerBlock x features
    private readonly int _rowsPerBlock = Math.Max(1, FloatsPerBlock / featureCount);
    private int _count;

    public override int Count => _count;

    public override bool IsSparse => false;

    public ReadOnlySpan<float> Features(int row) => Place(row);

    public override void Add(ReadOnlySpan<float> features)
    {
        features.CopyTo(NextRow());
    }

    public override void Add(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        Span<float> row = NextRow();
        row.Clear();
        for (int i = 0; i < indices.Length; i++)
        {
            row[indices[i]] = values[i];
        }
    }

    private Span<float> NextRow()
    {
        if (_count % _rowsPerBlock == 0)
        {
            _blocks.Add(Memory.Allocate(checked(_rowsPerBlock * FeatureCount * sizeof(float))));
        }

        return Place(_count++);
    }

    private Span<float> Place(int row) => _blocks[row / _rowsPerBlock].As<float>().Slice(row % _rowsPerBlock * FeatureCount, FeatureCount);
}
