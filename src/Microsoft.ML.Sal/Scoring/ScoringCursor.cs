using System.Runtime.ExceptionServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Gives the rows of another cursor one by one, but reads and scores them in blocks, which takes a fraction of the time. The first block is
/// one row and each is larger than the one before, so that whoever reads a few rows pays for a few.
/// </summary>
internal sealed class ScoringCursor : WrappingCursor
{
    private const int MaximumRows = 1_024;
    private const int Growth = 8;

    // A thread that takes fewer scores them in smaller groups, which takes longer.
    private const int MinimumRowsPerThread = 256;

    // A block of wide rows ends here: 16 MB of features.
    private const int MaximumItems = 1 << 22;

    private readonly SalMulticlassModelParameters _model;
    private readonly string _featureColumn;
    private readonly int _threads;
    private readonly ColumnValues?[] _values; // by column; null for a column that is not read
    private readonly ColumnValues<VBuffer<float>> _features;
    private readonly ColumnValues<DataViewRowId> _ids;
    private readonly long[] _batches = new long[MaximumRows];
    private float[] _scores = []; // rows x classes
    private long _start; // the position of the block's first row
    private int _size; // the maximum number of rows of the block
    private int _count; // the number of rows of the block
    private int _current = -1;
    private bool _isScored;
    private bool _isAtEnd;
    private bool _isDisposed;
    private ExceptionDispatchInfo? _failure; // of the row that follows the block

    /// <param name="input">The cursor that has the rows. Its active columns are of primitive types and vectors.</param>
    /// <param name="features">The feature column.</param>
    /// <param name="model">The model that scores.</param>
    /// <param name="threads">The maximum number of threads that score a block.</param>
    public ScoringCursor(DataViewRowCursor input, DataViewSchema.Column features, SalMulticlassModelParameters model, int threads)
        : base(input)
    {
        (_model, _featureColumn, _threads) = (model, features.Name, threads);
        _features = ColumnValues.CreateForVectors(input.GetGetter<VBuffer<float>>(features));
        _values =
        [
            .. input.Schema.Select(column => column.Index == features.Index ? _features
                : input.IsColumnActive(column) ? ColumnValues.Create(input, column)
                : null),
        ];
        _ids = ColumnValues.CreateForScalars(input.GetIdGetter());
    }

    public override long Position => _current < 0 ? -1 : _start + _current;

    public override long Batch => _current < 0 ? Input.Batch : _batches[_current];

    public override bool MoveNext()
    {
        if (_current + 1 < _count)
        {
            _current++;
            return true;
        }

        ReadBlock();
        if (_count > 0)
        {
            _current = 0;
            return true;
        }

        _current = -1;
        _failure?.Throw();
        return false;
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        (ValueGetter<TValue>)_values[column.Index]!.CreateGetter(CurrentRow);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ValueGetter<DataViewRowId>)_ids.CreateGetter(CurrentRow);

    /// <summary>Creates a getter of the scores.</summary>
    public ValueGetter<VBuffer<float>> CreateScoreGetter() => (ref VBuffer<float> score) =>
    {
        int row = CurrentRow();
        if (!_isScored)
        {
            Score();
        }

        VBufferEditor<float> editor = VBufferEditor.Create(ref score, _model.ClassCount);
        _scores.AsSpan(row * _model.ClassCount, _model.ClassCount).CopyTo(editor.Values);
        score = editor.Commit();
    };

    protected override void Dispose(bool disposing)
    {
        // The row that the scored columns come from disposes its input too.
        if (!_isDisposed)
        {
            _isDisposed = true;
            base.Dispose(disposing);
        }
    }

    private int CurrentRow() => _current >= 0
        ? _current
        : throw new InvalidOperationException("The cursor is not at a row: call MoveNext, and read values only where it returns true.");

    private void ReadBlock()
    {
        _start += _count;
        _size = Math.Clamp(Growth * _size, 1, MaximumRows);
        _count = 0;
        _isScored = false;
        try
        {
            for (long items = 0; _count < _size && items < MaximumItems && !_isAtEnd && _failure is null;)
            {
                _isAtEnd = !Input.MoveNext();
                if (!_isAtEnd)
                {
                    items += ReadRow();
                    _count++;
                }
            }
        }
        catch (Exception exception)
        {
            // Thrown when it is the row's turn, after the rows in front of it.
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
    }

    private long ReadRow()
    {
        long items = 0;
        foreach (ColumnValues? values in _values)
        {
            items += values?.Read(_count) ?? 0;
        }

        _features[_count].ToFeatureVector(_model.FeatureCount, _featureColumn, Input.Position); // checks it
        _ids.Read(_count);
        _batches[_count] = Input.Batch;
        return items;
    }

    private void Score()
    {
        int classes = _model.ClassCount;
        if (_scores.Length < _count * classes)
        {
            _scores = new float[_count * classes];
        }

        int parts = Math.Clamp(_count / MinimumRowsPerThread, 1, _threads);
        if (parts == 1)
        {
            ScorePart(0, _count);
        }
        else
        {
            Parallel.For(0, parts, part => ScorePart(_count * part / parts, _count * (part + 1) / parts));
        }

        _isScored = true;
    }

    private void ScorePart(int start, int end) => _model.Model.PredictBatch(
        end - start,
        row => _features[start + row].ToFeatureVector(_model.FeatureCount),
        _scores.AsSpan(start * _model.ClassCount, (end - start) * _model.ClassCount),
        []);
}
