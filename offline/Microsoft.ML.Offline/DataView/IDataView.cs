namespace Microsoft.ML;

/// <summary>A table that is read through cursors, lazily and as often as wanted.</summary>
public interface IDataView
{
    bool CanShuffle { get; }

    DataViewSchema Schema { get; }

    /// <summary>The number of rows, or null if it is not known without reading them.</summary>
    long? GetRowCount();

    DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null);

    /// <summary>Up to <paramref name="n"/> cursors that share the rows between them.</summary>
    DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null);
}
