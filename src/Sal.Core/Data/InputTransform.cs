using System.Runtime.Intrinsics;
using Sal.Core.Numerics;

namespace Sal.Core.Data;

/// <summary>
/// The transform of a row before it enters the network: x' = clip((x - mean) * scale). NaN becomes 0, the value of the training mean.
/// </summary>
internal sealed unsafe class InputTransform
{
    private readonly PanelMatrix _mean; // 1 x features
    private readonly PanelMatrix _scale; // 1 x features; 0 where the feature is constant in training

    /// <param name="mean">The value subtracted from each feature.</param>
    /// <param name="scale">The factor that each difference is multiplied by.</param>
    /// <param name="clip">The bound on the absolute value, or positive infinity for none.</param>
    public InputTransform(ReadOnlySpan<float> mean, ReadOnlySpan<float> scale, float clip)
    {
        _mean = PanelMatrix.Vector(mean.Length);
        _scale = PanelMatrix.Vector(scale.Length);
        _mean.SetRow(0, mean);
        _scale.SetRow(0, scale);
        Clip = clip;
    }

    public int FeatureCount => _mean.Columns;

    public float Clip { get; }

    public ReadOnlySpan<float> Mean => _mean.Storage[..FeatureCount];

    public ReadOnlySpan<float> Scale => _scale.Storage[..FeatureCount];

    /// <summary>Gets the indices of the features that were constant in training.</summary>
    public IReadOnlyList<int> ConstantFeatures()
    {
        List<int> constant = [];
        for (int feature = 0; feature < FeatureCount; feature++)
        {
            if (Scale[feature] == 0)
            {
                constant.Add(feature);
            }
        }

        return constant;
    }

    /// <summary>Transforms a row and adds it in sparse form. For transforms that subtract nothing.</summary>
    public void Apply(in FeatureVector features, SparseRows destination)
    {
        destination.StartRow();
        float bound = Math.Min(Clip, float.MaxValue);
        for (int i = 0; i < features.Values.Length; i++)
        {
            int index = features.IsDense ? i : features.Indices[i];
            float x = Math.Min(Math.Max(features.Values[i] * Scale[index], -bound), bound);
            if (x != 0 && !float.IsNaN(x))
            {
                destination.Add(index, x);
            }
        }
    }

    /// <summary>Transforms a row and writes it to <paramref name="row"/> of <paramref name="destination"/>, including padding.</summary>
    /// <param name="features">The raw features.</param>
    /// <param name="destination">rows x features.</param>
    public void Apply(ReadOnlySpan<float> features, PanelMatrix destination, int row)
    {
        // Without a bound, an infinite value would make units infinite; the largest finite number takes its place.
        Vector512<float> bound = Vector512.Create(Math.Min(Clip, float.MaxValue));
        Span<float> tail = stackalloc float[PanelMatrix.PanelWidth];
        fixed (float* source = features)
        {
            for (int panel = 0; panel < destination.PanelCount; panel++)
            {
                int column = panel * PanelMatrix.PanelWidth;
                Vector512<float> x;
                if (column + PanelMatrix.PanelWidth <= features.Length)
                {
                    x = Vector512.Load(source + column);
                }
                else
                {
                    tail.Clear();
                    features[column..].CopyTo(tail);
                    x = Vector512.Create((ReadOnlySpan<float>)tail);
                }

                // An infinite value of a constant feature (scale 0) gives 0 * infinity = NaN, which the selection below turns into 0.
                x = (x - Vector512.Load(_mean.Pointer + column)) * Vector512.Load(_scale.Pointer + column);
                x = Vector512.ConditionalSelect(Vector512.Equals(x, x), x, Vector512<float>.Zero);
                Vector512.Min(Vector512.Max(x, -bound), bound).Store(destination.Line(panel, row));
            }
        }
    }
}
