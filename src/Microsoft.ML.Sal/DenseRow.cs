using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>A row's features as a span, whether the vector is dense or sparse. Holds one buffer: use one instance a thread.</summary>
internal sealed class DenseRow(int featureCount)
{
    private float[]? _buffer;

    /// <summary>The features, valid until the next call.</summary>
    /// <exception cref="InvalidOperationException">The vector has another length.</exception>
    public ReadOnlySpan<float> Values(in VBuffer<float> features)
    {
        if (features.Length != featureCount)
        {
            throw new InvalidOperationException($"A row has {features.Length} features instead of {featureCount}.");
        }

        if (features.IsDense)
        {
            return features.GetValues();
        }

        _buffer ??= new float[featureCount];
        features.CopyTo(_buffer);
        return _buffer;
    }
}
