using System.Numerics.Tensors;

namespace Sal.Core.Training.Step;

/// <summary>Measures a row's probabilities against its class.</summary>
internal static class RowLoss
{
    // Keeps the loss finite when the true class has probability zero.
    private const float SmallestProbability = 1e-30f;

    /// <summary>Computes the cross-entropy, -ln p of the row's class, in nats, times its weight.</summary>
    public static double Compute(ReadOnlySpan<float> probabilities, int label, float weight) =>
        -weight * Math.Log(Math.Max(probabilities[label], SmallestProbability));

    /// <summary>Gets whether the row's class is the likeliest; of equal ones the first counts.</summary>
    public static bool IsHit(ReadOnlySpan<float> probabilities, int label) => TensorPrimitives.IndexOfMax(probabilities) == label;
}
