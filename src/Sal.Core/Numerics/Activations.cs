using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sal.Core.Numerics;

/// <summary>An activation function whose derivative follows from its output.</summary>
internal interface IActivation
{
    static abstract Vector512<float> Apply(Vector512<float> z);

    /// <summary>act'(z), given act(z).</summary>
    static abstract Vector512<float> Derivative(Vector512<float> output);
}

/// <summary>max(z, 0). NaN stays NaN.</summary>
internal readonly struct ReLU : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(Vector512<float> z) => Vector512.Max(z, Vector512<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Derivative(Vector512<float> output) =>
        Vector512.GreaterThan(output, Vector512<float>.Zero) & Vector512<float>.One;
}

/// <summary>tanh(z) = 1 - 2 / (exp(2z) + 1), and z - z^3/3 + 2z^5/15 near 0, where the first form cancels. NaN stays NaN.</summary>
internal readonly struct Tanh : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(Vector512<float> z)
    {
        Vector512<float> square = z * z;
        Vector512<float> near = z + z * square * (Vector512.Create(-1f / 3) + square * Vector512.Create(2f / 15));
        Vector512<float> far = Vector512<float>.One - Vector512.Create(2f) / (Vector512.Exp(z + z) + Vector512<float>.One);
        return Vector512.ConditionalSelect(Vector512.LessThan(square, Vector512.Create(0.01f)), near, far);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Derivative(Vector512<float> output) => Vector512<float>.One - output * output;
}
