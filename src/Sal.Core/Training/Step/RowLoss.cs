using System.Numerics.Tensors;

namespace Sal.Core.Training.Step;

/// <summary>Compares the predicted probabilities of a row with its class.</summary>
internal static class RowLoss
{
    // Keeps the loss finite when the true class has probability zero.
    public const float SmallestProbability = 1e-30f;

    /// <summary>Computes the cross-entropy of a row, -ln p of its class, in nats, times its weight.</summary>
    public static double Compute(ReadOnlySpan<float> probabilities, int label, float weight) =>
        -weight * Math.Log(Math.Max(probabilities[label], SmallestProbability));

    /// <summary>Gets whether the row's class has the highest probability. On a tie, the first class wins.</summary>
    public static bool IsCorrect(ReadOnlySpan<float> probabilities, int label) =>
        TensorPrimitives.IndexOfMax(probabilities) == label;
}
