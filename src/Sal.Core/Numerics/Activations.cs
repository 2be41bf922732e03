using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sal.Core.Numerics;

/// <summary>An activation function whose derivative can be computed from its output.</summary>
internal interface IActivation
{
    static abstract Vector512<float> Apply(Vector512<float> z);

    /// <summary>Computes act'(z) from act(z).</summary>
    static abstract Vector512<float> Derivative(Vector512<float> output);

    /// <summary>Gets the distance of two z up to which the derivative halfway is more precise than the slope of the chord.</summary>
    static abstract float ShortestChord { get; }

    /// <summary>Gets the variance of the initial weights, times the number of inputs.</summary>
    static abstract double InitialGain { get; }

    /// <summary>Gets the name of the function's ONNX operator.</summary>
    static abstract string OnnxOperator { get; }
}

/// <summary>max(z, 0). NaN stays NaN.</summary>
internal readonly struct ReLU : IActivation
{
    /// <summary>Gets 2 (He et al., 2015).</summary>
    public static double InitialGain => 2;

    public static float ShortestChord => 0;

    public static string OnnxOperator => "Relu";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(Vector512<float> z) => Vector512.Max(z, Vector512<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Derivative(Vector512<float> output) =>
        Vector512.GreaterThan(output, Vector512<float>.Zero) & Vector512<float>.One;
}

/// <summary>tanh(z) = 1 - 2 / (exp(2z) + 1), and z - z^3/3 + 2z^5/15 near 0, where the first form cancels. NaN stays NaN.</summary>
internal readonly struct Tanh : IActivation
{
    public static double InitialGain => 1;

    public static float ShortestChord => 0.01f;

    public static string OnnxOperator => "Tanh";

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

/// <summary>Computes d hidden / d z of a unit with dropout from the unit's output.</summary>
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

    /// <summary>Computes delta = gradient * act'(z) * dropout factor for whole rows.</summary>
    /// <param name="gradient">rows x units: d loss / d hidden.</param>
    /// <param name="activations">rows x units: dropout(act(z)).</param>
    /// <param name="delta">rows x units, written.</param>
    public static void Multiply(PanelMatrix gradient, PanelMatrix activations, DropoutMask dropout, Interval rows, PanelMatrix delta)
    {
        for (int panel = 0; panel < delta.PanelCount; panel++)
        {
            for (int row = rows.Start; row < rows.End; row++)
            {
                Vector512<float> factor = Factor(Vector512.Load(activations.Line(panel, row)), dropout);
                (Vector512.Load(gradient.Line(panel, row)) * factor).Store(delta.Line(panel, row));
            }
        }

        GC.KeepAlive(gradient);
        GC.KeepAlive(activations);
        GC.KeepAlive(delta);
    }
}

/// <summary>Computes the mean slopes of the activation between successive points of a path.</summary>
internal static unsafe class ActivationChords<TActivation>
    where TActivation : struct, IActivation
{
    /// <summary>Computes act(z) at each point, and the slope of the chord from each point to the next.</summary>
    /// <param name="z">points x units.</param>
    /// <param name="activations">points x units, written: act(z).</param>
    /// <param name="slopes">points x units, written: the slope from this point to the next, from 0 to 1; 0 in the last row.</param>
    public static void Compute(PanelMatrix z, PanelMatrix activations, PanelMatrix slopes)
    {
        for (int panel = 0; panel < z.PanelCount; panel++)
        {
            Vector512<float> start = Vector512.Load(z.Line(panel, 0)), output = TActivation.Apply(start);
            output.Store(activations.Line(panel, 0));
            for (int point = 1; point < z.Rows; point++)
            {
                Vector512<float> end = Vector512.Load(z.Line(panel, point)), next = TActivation.Apply(end);
                next.Store(activations.Line(panel, point));
                Slope(end - start, output, next).Store(slopes.Line(panel, point - 1));
                (start, output) = (end, next);
            }

            Vector512<float>.Zero.Store(slopes.Line(panel, z.Rows - 1));
        }

        GC.KeepAlive(z);
        GC.KeepAlive(activations);
        GC.KeepAlive(slopes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Slope(Vector512<float> distance, Vector512<float> output, Vector512<float> next)
    {
        Vector512<float> chord = Vector512.Min(Vector512.Max((next - output) / distance, Vector512<float>.Zero), Vector512<float>.One);
        Vector512<float> halfway = TActivation.Derivative((output + next) * 0.5f);
        Vector512<float> shortest = Vector512.Create(TActivation.ShortestChord);
        return Vector512.ConditionalSelect(Vector512.LessThanOrEqual(Vector512.Abs(distance), shortest), halfway, chord);
    }
}
