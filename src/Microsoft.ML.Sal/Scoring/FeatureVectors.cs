using Microsoft.ML.Data;
using Sal.Core.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Passes ML.NET's vectors to the engine as they are, dense or sparse.</summary>
internal static class FeatureVectors
{
    /// <summary>Gets the vector in the form that the engine reads, without copying it.</summary>
    /// <param name="features">The vector.</param>
    /// <param name="length">The required length.</param>
    /// <exception cref="InvalidOperationException">The vector has another length.</exception>
    public static FeatureVector ToFeatureVector(this in VBuffer<float> features, int length)
    {
        if (features.Length != length)
        {
            throw new InvalidOperationException($"A row has {features.Length} features instead of {length}.");
        }

        return features.IsDense
            ? new FeatureVector(features.GetValues())
            : new FeatureVector(length, features.GetIndices(), features.GetValues());
    }
}
