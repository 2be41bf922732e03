using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sal.Core.Numerics;

/// <summary>d hidden / d z of a unit with dropout, from what the unit gave.</summary>
internal static unsafe class ActivationGradient<TActivation>
    where TActivation : struct, IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Factor(Vector512<float> activation, DropoutMask dropout)
    {
        if (!dropout.IsActive)
        {
            return TActivation.Derivative(activation);
        }

        Vector512<float> scale = Vector512.Create(dropout.Scale);
        Vector512<float> factor = TActivation.Derivative(activation / scale) * scale;
        return Vector512.AndNot(factor, Vector512.Equals(activation, Vector512<float>.Zero));
    }

    /// <summary>delta = gradient * act'(z) * dropout factor, for whole rows.</summary>
    /// <param name="gradient">rows x units: d loss / d hidden.</param>
    /// <param name="activations">rows x units: dropout(act(z)).</param>
    /// <param name="delta">rows x units.</param>
    public static void Multiply(PanelMatrix gradient, PanelMatrix activations, DropoutMask dropout, int rowStart, int rowEnd, PanelMatrix delta)
    {
        for (int panel = 0; panel < delta.PanelCount; panel++)
        {
            for (int row = rowStart; row < rowEnd; row++)
            {
                Vector512<float> factor = Factor(Vector512.Load(activations.Line(panel, row)), dropout);
                (Vector512.Load(gradient.Line(panel, row)) * factor).Store(delta.Line(panel, row));
            }
        }
    }
}
