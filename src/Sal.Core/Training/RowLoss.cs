using System.Numerics.Tensors;

namespace Sal.Core.Training;

/// <summary>How good a row's probabilities are.</summary>
internal static class RowLoss
{
    // Keeps the loss of a class that was ruled out finite.
    private const float SmallestProbability = 1e-30f;

    /// <summary>The cross-entropy, -ln p of the row's class, in nats, times its weight.</summary>
    public static double Of(ReadOnlySpan<float> probabilities, int label, float weight) =>
        -weight * Math.Log(Math.Max(probabilities[label], SmallestProbability));

    /// <summary>Whether the row's class is the likeliest; the first of equals counts.</summary>
    public static bool IsHit(ReadOnlySpan<float> probabilities, int label) => TensorPrimitives.IndexOfMax(probabilities) == label;
}
