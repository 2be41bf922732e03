using Microsoft.ML.Data;
using Sal.Core.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Reads feature vectors without copying them: the one reader for training, validation, scoring and area profiles.</summary>
/// <param name="row">The row, or the cursor, to read from.</param>
/// <param name="column">The feature column, a vector of Single.</param>
/// <param name="length">The number of features that each row must have.</param>
internal sealed class FeatureReader(DataViewRow row, DataViewSchema.Column column, int length)
{
    private readonly ValueGetter<VBuffer<float>> _get = row.GetGetter<VBuffer<float>>(column);
    private VBuffer<float> _values;

    /// <summary>Reads the features of the current row. They are valid until the next call.</summary>
    /// <exception cref="InvalidOperationException">
    /// The row has another number of features, or a sparse vector whose indices do not ascend.
    /// </exception>
    public FeatureVector Read()
    {
        _get(ref _values);
        return _values.ToFeatureVector(length, column.Name, row.Position);
    }
}
