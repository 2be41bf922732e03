using System.Numerics.Tensors;

namespace Sal.Core.Numerics;

/// <summary>The softmax function, with a defined result for every input.</summary>
internal static class Softmax
{
    /// <summary>
    /// Computes exp(logits[i] - max) / sum in place. NaN logits count as minus infinity. If some logits are plus infinity, they share the
    /// whole probability equally; if all are minus infinity, all classes are equally likely. The result is therefore never NaN and sums
    /// to 1.
    /// </summary>
    public static void Apply(Span<float> values)
    {
        float max = TensorPrimitives.Max((ReadOnlySpan<float>)values);
        if (!float.IsFinite(max))
        {
            ApplyToUnusual(values);
            return;
        }

        TensorPrimitives.Subtract(values, max, values);
        TensorPrimitives.Exp(values, values);
        TensorPrimitives.Multiply(values, 1 / TensorPrimitives.Sum((ReadOnlySpan<float>)values), values);
    }

    private static void ApplyToUnusual(Span<float> values)
    {
        float max = float.NegativeInfinity;
        foreach (float value in values)
        {
            max = value > max ? value : max;
        }

        float sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            float value = values[i];
            values[i] = float.IsNaN(value) ? 0 : value == max ? 1 : float.IsInfinity(max) ? 0 : MathF.Exp(value - max);
            sum += values[i];
        }

        if (sum == 0)
        {
            values.Fill(1f / values.Length);
            return;
        }

        TensorPrimitives.Divide(values, sum, values);
    }
}
