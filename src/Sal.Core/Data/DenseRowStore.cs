namespace Sal.Core.Data;

/// <summary>Stores all values of each row.</summary>
internal sealed class DenseRowStore(int featureCount, RowMemory memory) : RowStore(featureCount, memory)
{
    private const int FloatsPerBlock = 1 << 18;

    private readonly List<RowBlock> _blocks = []; // floats, each rowsPerBlock x features
    private readonly int _rowsPerBlock = Math.Max(1, FloatsPerBlock / featureCount);
    private int _count;

    public override int Count => _count;

    public override bool IsSparse => false;

    public override FeatureVector this[int row] => new(ValuesOf(row));

    public override void Add(in FeatureVector row)
    {
        if (_count % _rowsPerBlock == 0)
        {
            _blocks.Add(Memory.Allocate(checked(_rowsPerBlock * FeatureCount * sizeof(float))));
        }

        row.CopyTo(ValuesOf(_count++));
    }

    private Span<float> ValuesOf(int row) =>
        _blocks[row / _rowsPerBlock].As<float>().Slice(row % _rowsPerBlock * FeatureCount, FeatureCount);
}
