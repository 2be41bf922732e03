using System.Runtime.Intrinsics;
using Sal.Core.Numerics;

namespace Sal.Core.Data;

/// <summary>
/// The encoding of a row before it enters the network. Each input of the network is a clipped linear function of one feature,
/// y = clip((x - start) * slope, low, high), or a fixed value where the feature is missing (NaN). A feature can have several inputs: its
/// scaled value, the pieces of a piecewise linear code, and an indicator of missing values, whose slope is 0.
/// </summary>
internal sealed unsafe class InputEncoding
{
    private readonly int[] _source; // the feature of each input, ascending
    private readonly int[] _restless; // the features that have an input other than 0 where they are 0, ascending
    private readonly bool _isOneToOne;
    private readonly PanelMatrix _start; // these are 1 x inputs
    private readonly PanelMatrix _slope;
    private readonly PanelMatrix _low;
    private readonly PanelMatrix _high;
    private readonly PanelMatrix _missing;
    private int[]? _firstInput; // of each feature, then the number of inputs; only for sparse rows

    /// <param name="featureCount">The number of features.</param>
    /// <param name="inputs">The inputs, by ascending feature.</param>
    public InputEncoding(int featureCount, IReadOnlyList<SalInput> inputs)
    {
        FeatureCount = featureCount;
        _source = [.. inputs.Select(input => input.Feature)];
        _isOneToOne = inputs.Count == featureCount && _source.Index().All(pair => pair.Index == pair.Item);
        _start = Vector(input => input.Start);
        _slope = Vector(input => input.Slope);
        _low = Vector(input => input.Low);
        _high = Vector(input => input.High);
        _missing = Vector(input => input.Missing);
        _restless = [.. Enumerable.Range(0, InputCount).Where(input => Encode(input, 0) != 0).Select(input => _source[input]).Distinct()];

        PanelMatrix Vector(Func<SalInput, float> value)
        {
            PanelMatrix vector = PanelMatrix.Vector(inputs.Count);
            vector.SetRow(0, [.. inputs.Select(value)]);
            return vector;
        }
    }

    public int FeatureCount { get; }

    /// <summary>Gets the number of inputs of the network.</summary>
    public int InputCount => _source.Length;

    /// <summary>Gets an input of the network.</summary>
    public SalInput this[int input] =>
        new(_source[input], _start[0, input], _slope[0, input], _low[0, input], _high[0, input], _missing[0, input]);

    /// <summary>Gets the feature that an input is made of.</summary>
    public int FeatureOf(int input) => _source[input];

    /// <summary>Encodes a row and adds it in sparse form.</summary>
    public void Apply(in FeatureVector features, SparseRows destination)
    {
        _firstInput ??= FindFirstInputs();
        destination.StartRow();
        int restless = 0;
        for (int i = 0; i < features.Values.Length; i++)
        {
            int feature = features.IsDense ? i : features.Indices[i];
            AddZeros(ref restless, feature, destination);
            AddInputs(feature, features.Values[i], destination);
        }

        AddZeros(ref restless, FeatureCount, destination);
    }

    /// <summary>Encodes a row and writes it to <paramref name="row"/> of <paramref name="destination"/>, including padding.</summary>
    /// <param name="features">The raw features.</param>
    /// <param name="destination">rows x inputs.</param>
    public void Apply(ReadOnlySpan<float> features, PanelMatrix destination, int row)
    {
        Span<float> gathered = stackalloc float[PanelMatrix.PanelWidth];
        fixed (float* source = features)
        {
            for (int panel = 0; panel < destination.PanelCount; panel++)
            {
                int first = panel * PanelMatrix.PanelWidth;
                Vector512<float> x;
                if (_isOneToOne && first + PanelMatrix.PanelWidth <= InputCount)
                {
                    x = Vector512.Load(source + first);
                }
                else
                {
                    int count = Math.Min(PanelMatrix.PanelWidth, InputCount - first);
                    gathered.Clear();
                    for (int i = 0; i < count; i++)
                    {
                        gathered[i] = features[_source[first + i]];
                    }

                    x = Vector512.Create((ReadOnlySpan<float>)gathered);
                }

                // An infinite value times a slope of 0 is NaN, which stands for 0.
                Vector512<float> y = (x - Vector512.Load(_start.Pointer + first)) * Vector512.Load(_slope.Pointer + first);
                y = Vector512.ConditionalSelect(Vector512.Equals(y, y), y, Vector512<float>.Zero);
                y = Vector512.Min(Vector512.Max(y, Vector512.Load(_low.Pointer + first)), Vector512.Load(_high.Pointer + first));
                Vector512.ConditionalSelect(Vector512.Equals(x, x), y, Vector512.Load(_missing.Pointer + first))
                    .Store(destination.Line(panel, row));
            }
        }
    }

    private int[] FindFirstInputs()
    {
        var first = new int[FeatureCount + 1];
        foreach (int feature in _source)
        {
            first[feature + 1]++;
        }

        for (int feature = 0; feature < FeatureCount; feature++)
        {
            first[feature + 1] += first[feature];
        }

        return first;
    }

    // Adds the inputs of the features before one that are not 0 although the features are.
    private void AddZeros(ref int restless, int feature, SparseRows destination)
    {
        for (; restless < _restless.Length && _restless[restless] <= feature; restless++)
        {
            if (_restless[restless] < feature)
            {
                AddInputs(_restless[restless], 0, destination);
            }
        }
    }

    private void AddInputs(int feature, float value, SparseRows destination)
    {
        for (int input = _firstInput![feature]; input < _firstInput[feature + 1]; input++)
        {
            float y = Encode(input, value);
            if (y != 0)
            {
                destination.Add(input, y);
            }
        }
    }

    private float Encode(int input, float value)
    {
        if (float.IsNaN(value))
        {
            return _missing[0, input];
        }

        float y = (value - _start[0, input]) * _slope[0, input];
        return Math.Min(Math.Max(float.IsNaN(y) ? 0 : y, _low[0, input]), _high[0, input]);
    }
}
