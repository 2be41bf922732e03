namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Shows some of the rows of another data view, in their order. The rows are chosen by position: like ML.NET's own splits, the view can
/// neither be shuffled nor read in parts, as positions are then unknown. Caching it, which many trainers do, makes it shuffle.
/// </summary>
/// <param name="source">The data view that has the rows.</param>
/// <param name="assignment">The part of each of its rows.</param>
/// <param name="part">The part to show or to leave out.</param>
/// <param name="isShown">Whether the rows of the part are shown; otherwise, all others are.</param>
internal sealed class RowSubset(IDataView source, int[] assignment, int part, bool isShown) : IDataView
{
    private readonly long _rowCount = assignment.LongCount(other => (other == part) == isShown);

    private long SourceRowCount => assignment.Length;

    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => _rowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(source.GetRowCursor(columnsNeeded), this);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded)];

    private bool Shows(long row) => (assignment[row] == part) == isShown;

    private InvalidOperationException Changed(string change) => new(
        $"The data had {assignment.Length} rows when it was split, but has {change} now. Split data that stays as it is: "
        + "load it again after it has changed, or load a copy.");

    private sealed class Cursor(DataViewRowCursor input, RowSubset subset) : WrappingCursor(input)
    {
        private long _sourceRow = -1;
        private long _position = -1;

        public override long Position => _position;

        public override bool MoveNext()
        {
            while (Input.MoveNext())
            {
                if (++_sourceRow == subset.SourceRowCount)
                {
                    throw subset.Changed("more");
                }

                if (subset.Shows(_sourceRow))
                {
                    _position++;
                    return true;
                }
            }

            return _sourceRow + 1 == subset.SourceRowCount ? false : throw subset.Changed($"{_sourceRow + 1}");
        }
    }
}
