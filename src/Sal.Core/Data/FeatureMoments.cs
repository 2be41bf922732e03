namespace Sal.Core.Data;

/// <summary>What one pass over all rows tells of each feature.</summary>
internal sealed class FeatureMoments
{
    private readonly int _rows;
    private readonly float[] _shift; // the first value, from which sums are taken so that large values lose no digits
    private readonly double[] _sum; // of the differences to the shift
    private readonly double[] _sumOfSquares;
    private readonly float[] _least;
    private readonly float[] _most;
    private readonly int[] _missing; // the number of NaN values
    private readonly int[] _infinite; // the number of infinite values
    private readonly int[] _finite; // the number of finite values, implied zeros of sparse rows included

    private FeatureMoments(TrainingSet set)
    {
        int features = set.FeatureCount;
        _rows = set.RowCount;
        (_shift, _sum, _sumOfSquares) = (new float[features], new double[features], new double[features]);
        (_least, _most, _finite) = (new float[features], new float[features], new int[features]);
        (_missing, _infinite) = (new int[features], new int[features]);
        Array.Fill(_least, float.PositiveInfinity);
        Array.Fill(_most, float.NegativeInfinity);
    }

    /// <summary>Gets the features that have the same value in all rows, or none, ascending.</summary>
    public IReadOnlyList<int> ConstantFeatures =>
        [.. Enumerable.Range(0, _missing.Length).Where(feature => IsConstant(feature) && !IsSometimesMissing(feature))];

    /// <summary>Gets the features that are infinite in a row, ascending.</summary>
    public IReadOnlyList<int> InfiniteFeatures => [.. Enumerable.Range(0, _infinite.Length).Where(feature => _infinite[feature] > 0)];

    /// <exception cref="OperationCanceledException">Training was canceled.</exception>
    public static FeatureMoments Measure(TrainingSet set, CancellationToken cancellationToken)
    {
        var moments = new FeatureMoments(set);
        if (!set.IsSparse)
        {
            set.Features(0).CopyTo(moments._shift);
            for (int feature = 0; feature < moments._shift.Length; feature++)
            {
                moments._shift[feature] = float.IsFinite(moments._shift[feature]) ? moments._shift[feature] : 0;
            }
        }

        for (int row = 0; row < set.RowCount; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FeatureVector features = set.Features(row);
            for (int i = 0; i < features.Values.Length; i++)
            {
                moments.Add(features.IsDense ? i : features.Indices[i], features.Values[i]);
            }
        }

        moments.AddZeros();
        return moments;
    }

    /// <summary>Gets whether a feature has the same value in all rows where it is not missing or infinite.</summary>
    public bool IsConstant(int feature) => !(_least[feature] < _most[feature]);

    /// <summary>Gets whether a feature is NaN in some rows, but not in all.</summary>
    public bool IsSometimesMissing(int feature) => _missing[feature] > 0 && _missing[feature] < _rows;

    /// <summary>Gets the largest difference of a feature's finite values to one of them.</summary>
    public double Reach(int feature, float value) => Math.Max((double)_most[feature] - value, (double)value - _least[feature]);

    /// <summary>Computes the mean and the deviation (of the population) of all features together; 0 if all values are missing.</summary>
    public (double Mean, double Deviation) Pool()
    {
        int[] known = [.. Enumerable.Range(0, _shift.Length).Where(feature => _finite[feature] > 0)];
        if (known.Length == 0)
        {
            return (0, 0);
        }

        double[] means = [.. known.Select(feature => _shift[feature] + _sum[feature] / _finite[feature])];
        double mean = means.Average();
        double variance = means.Zip(known, (own, feature) => Variance(feature) + (own - mean) * (own - mean)).Average();
        return (mean, Math.Sqrt(variance));
    }

    private double Variance(int feature)
    {
        double mean = _sum[feature] / _finite[feature]; // less the shift
        return Math.Max(0, _sumOfSquares[feature] / _finite[feature] - mean * mean);
    }

    private void Add(int feature, float value)
    {
        if (!float.IsFinite(value))
        {
            (float.IsNaN(value) ? _missing : _infinite)[feature]++;
            return;
        }

        double difference = (double)value - _shift[feature];
        _sum[feature] += difference;
        _sumOfSquares[feature] += difference * difference;
        _least[feature] = Math.Min(_least[feature], value);
        _most[feature] = Math.Max(_most[feature], value);
        _finite[feature]++;
    }

    // Zeros that sparse rows leave out; their shift is 0, so that they add nothing to the sums.
    private void AddZeros()
    {
        for (int feature = 0; feature < _finite.Length; feature++)
        {
            int known = _finite[feature] + _missing[feature] + _infinite[feature];
            if (known < _rows)
            {
                _least[feature] = Math.Min(_least[feature], 0);
                _most[feature] = Math.Max(_most[feature], 0);
                _finite[feature] += _rows - known;
            }
        }
    }
}
