using Microsoft.ML.Data;
using Sal.Core.Data;
using Sal.Core.Model;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Hands ML.NET's vectors to the engine as they are, dense or sparse.</summary>
internal static class FeatureRow
{
    public static bool TryAdd(this TrainingSetBuilder builder, in VBuffer<float> features, int label, float weight)
    {
        Check(in features, builder.FeatureCount);
        return features.IsDense
            ? builder.TryAdd(features.GetValues(), label, weight)
            : builder.TryAdd(features.GetIndices(), features.GetValues(), label, weight);
    }

    public static void Predict(this SalModel model, in VBuffer<float> features, Span<float> probabilities)
    {
        Check(in features, model.FeatureCount);
        if (features.IsDense)
        {
            model.Predict(features.GetValues(), probabilities);
        }
        else
        {
            model.Predict(features.GetIndices(), features.GetValues(), probabilities);
        }
    }

    public static int GetArea(this SalModel model, in VBuffer<float> features)
    {
        Check(in features, model.FeatureCount);
        return features.IsDense ? model.GetArea(features.GetValues()) : model.GetArea(features.GetIndices(), features.GetValues());
    }

    /// <exception cref="InvalidOperationException">The vector has another length.</exception>
    private static void Check(in VBuffer<float> features, int featureCount)
    {
        if (features.Length != featureCount)
        {
            throw new InvalidOperationException($"A row has {features.Length} features instead of {featureCount}.");
        }
    }
}
