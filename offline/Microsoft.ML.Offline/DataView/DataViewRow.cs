using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Fills <paramref name="value"/> with the current value; vectors reuse the arrays passed in.</summary>
public delegate void ValueGetter<TValue>(ref TValue value);

/// <summary>One row: values are fetched through getters made once per column.</summary>
public abstract class DataViewRow : IDisposable
{
    private bool disposed;

    public abstract long Position { get; }

    public abstract long Batch { get; }

    public abstract DataViewSchema Schema { get; }

    public abstract ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column);

    public abstract bool IsColumnActive(DataViewSchema.Column column);

    public abstract ValueGetter<DataViewRowId> GetIdGetter();

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>A row that moves over the data, forward only; before the first <see cref="MoveNext"/> its position is -1.</summary>
public abstract class DataViewRowCursor : DataViewRow
{
    public abstract bool MoveNext();
}
