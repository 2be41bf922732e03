namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Recognizes a column that tells the label: the text that the label's key was made of, or another name of the same classes. Each label
/// has one value, and each value one label.
/// </summary>
internal sealed class LabelCopy<T>
    where T : notnull
{
    // With fewer rows per label, any column of different values would tell it.
    private const int RowsPerLabel = 5;

    private readonly Dictionary<int, T> _values = [];
    private bool _isCopy = true;
    private long _rows;

    /// <summary>Gets whether the column tells the label in every row.</summary>
    public bool IsCopy =>
        _isCopy && _values.Count > 1 && _rows >= RowsPerLabel * _values.Count && _values.Values.Distinct().Count() == _values.Count;

    /// <summary>Looks at a row.</summary>
    /// <param name="label">The code of its label; negative if there is none.</param>
    /// <param name="value">The value of the column.</param>
    public void Look(int label, T value)
    {
        if (label < 0 || !_isCopy)
        {
            return;
        }

        _rows++;
        if (!_values.TryAdd(label, value))
        {
            _isCopy = _values[label].Equals(value);
        }
    }
}
