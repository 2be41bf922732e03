using System.Numerics.Tensors;
using Sal.Core.Numerics;

namespace Sal.Core.Network;

/// <summary>The parameters of one area of one layer.</summary>
internal sealed class AreaParameters
{
    /// <summary>Creates zero parameters for an area of a layer, with or without feedback.</summary>
    public AreaParameters(NetworkShape shape, int layer, bool hasFeedback)
        : this(
            layer == 0 && shape.IsSparse
                ? PanelMatrix.RowMajor(shape.InputWidth, shape.HiddenUnits)
                : new PanelMatrix(shape.InputCount(layer), shape.HiddenUnits),
            PanelMatrix.Vector(shape.HiddenUnits),
            new PanelMatrix(shape.ClassCount, shape.HiddenUnits),
            PanelMatrix.Vector(shape.ClassCount),
            hasFeedback ? new PanelMatrix(shape.ClassCount, shape.HiddenUnits) : null)
    {
    }

    private AreaParameters(PanelMatrix weights, PanelMatrix bias, PanelMatrix readout, PanelMatrix readoutBias, PanelMatrix? feedback)
    {
        Weights = weights;
        Bias = bias;
        Readout = readout;
        ReadoutBias = readoutBias;
        Feedback = feedback;
    }

    /// <summary>Gets W, inputs x units.</summary>
    public PanelMatrix Weights { get; }

    /// <summary>Gets b, 1 x units.</summary>
    public PanelMatrix Bias { get; }

    /// <summary>Gets R, classes x units.</summary>
    public PanelMatrix Readout { get; }

    /// <summary>Gets c, 1 x classes.</summary>
    public PanelMatrix ReadoutBias { get; }

    /// <summary>
    /// Gets F transposed, classes x units, which carries errors to the units. Null if the learning rule uses no feedback (backpropagation).
    /// </summary>
    public PanelMatrix? Feedback { get; }

    /// <summary>Gets all matrices, in the order of the model file.</summary>
    public PanelMatrix[] Matrices => Feedback is null
        ? [Weights, Bias, Readout, ReadoutBias]
        : [Weights, Bias, Readout, ReadoutBias, Feedback];

    /// <summary>Creates the same parameters with the classes in another order.</summary>
    /// <param name="order">For each class, which one of these it is.</param>
    public AreaParameters WithClasses(ReadOnlySpan<int> order)
    {
        AreaParameters copy = Clone();
        var row = new float[Readout.Columns];
        for (int i = 0; i < order.Length; i++)
        {
            Readout.CopyRowTo(order[i], row);
            copy.Readout.SetRow(i, row);
            copy.ReadoutBias[0, i] = ReadoutBias[0, order[i]];
            if (Feedback is not null)
            {
                Feedback.CopyRowTo(order[i], row);
                copy.Feedback!.SetRow(i, row);
            }
        }

        return copy;
    }

    /// <summary>Creates the same parameters with the readout multiplied by a factor, and the feedback likewise.</summary>
    public AreaParameters WithScaledReadout(float factor)
    {
        AreaParameters copy = Clone();
        foreach (PanelMatrix? matrix in (PanelMatrix?[])[copy.Readout, copy.ReadoutBias, copy.Feedback])
        {
            if (matrix is not null)
            {
                TensorPrimitives.Multiply(matrix.Storage, factor, matrix.Storage);
            }
        }

        return copy;
    }

    public AreaParameters Clone() =>
        new(Weights.Clone(), Bias.Clone(), Readout.Clone(), ReadoutBias.Clone(), Feedback?.Clone());
}
