using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Fixtures;

/// <summary>
/// An endless view, or one that is read once, of rows that it makes up: <c>Features</c>, a vector, <c>Label</c>, a key, and <c>Note</c>, a
/// text. It counts what is read.
/// </summary>
/// <param name="features">Writes the features of a row.</param>
/// <param name="featureCount">The number of features that the schema promises.</param>
/// <param name="rowCount">The number of rows.</param>
internal sealed class ObservedView(ObservedView.FeatureSource features, int featureCount, long rowCount = long.MaxValue) : IDataView
{
    private static readonly ReadOnlyMemory<char>[] _names = [.. Enumerable.Range(0, Blobs.ClassCount).Select(i => Blobs.Name(i).AsMemory())];

    public delegate void FeatureSource(long row, ref VBuffer<float> value);

    /// <summary>Gets the number of rows that were read.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Gets the number of values that were read, by the index of their column.</summary>
    public long[] ValuesRead { get; } = new long[3];

    /// <summary>Gets the number of cursors that were not disposed.</summary>
    public int OpenCursors { get; private set; }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; } = CreateSchema(featureCount);

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        OpenCursors++;
        return new Cursor(this, [.. columnsNeeded.Select(column => column.Index)]);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded)];

    private static DataViewSchema CreateSchema(int featureCount)
    {
        var names = new DataViewSchema.Annotations.Builder();
        names.Add<VBuffer<ReadOnlyMemory<char>>>(
            "KeyValues",
            new VectorDataViewType(TextDataViewType.Instance, _names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => value = new VBuffer<ReadOnlyMemory<char>>(_names.Length, _names));
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, featureCount));
        schema.AddColumn("Label", new KeyDataViewType(typeof(uint), _names.Length), names.ToAnnotations());
        schema.AddColumn("Note", TextDataViewType.Instance);
        return schema.ToSchema();
    }

    private sealed class Cursor(ObservedView view, HashSet<int> active) : DataViewRowCursor
    {
        private long _position = -1;
        private bool _isDisposed;

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override bool MoveNext()
        {
            if (_position + 1 == view.RowCount)
            {
                return false;
            }

            _position++;
            view.RowsRead++;
            return true;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 7);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => (ValueGetter<TValue>)(column.Name switch
        {
            "Features" => (Delegate)(ValueGetter<VBuffer<float>>)GetFeatures,
            "Label" => (ValueGetter<uint>)GetLabel,
            _ => (ValueGetter<ReadOnlyMemory<char>>)GetNote,
        });

        private void GetFeatures(ref VBuffer<float> value)
        {
            view.ValuesRead[0]++;
            view.GetFeatures(_position, ref value);
        }

        private void GetLabel(ref uint value)
        {
            view.ValuesRead[1]++;
            value = (uint)(_position % Blobs.ClassCount) + 1;
        }

        private void GetNote(ref ReadOnlyMemory<char> value)
        {
            view.ValuesRead[2]++;
            value = $"row {_position}".AsMemory();
        }

        protected override void Dispose(bool disposing)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                view.OpenCursors--;
            }

            base.Dispose(disposing);
        }
    }

    private long RowCount => rowCount;

    private void GetFeatures(long row, ref VBuffer<float> value) => features(row, ref value);
}
