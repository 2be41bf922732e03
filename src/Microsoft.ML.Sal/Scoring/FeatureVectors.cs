using Microsoft.ML.Data;
using Sal.Core.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Hands ML.NET's vectors to the engine as they are, dense or sparse.</summary>
internal static class FeatureVectors
{
    /// <summary>Gets the vector as the engine reads it, without a copy.</summary>
    /// <param name="features">The vector.</param>
    /// <param name="length">The length that it must have.</param>
    /// <exception cref="InvalidOperationException">The vector has another length.</exception>
    public static FeatureVector ToFeatureVector(this in VBuffer<float> features, int length)
    {
        if (features.Length != length)
        {
            throw new InvalidOperationException($"A row has {features.Length} features instead of {length}.");
        }

        return features.IsDense ? new FeatureVector(features.GetValues()) : new FeatureVector(length, features.GetIndices(), features.GetValues());
    }
}
