using Sal.Core.Numerics;

namespace Sal.Core.Network;

/// <summary>The parameters of one area of one layer.</summary>
internal sealed class AreaParameters
{
    /// <summary>Creates zeros for an area of a layer, with room for feedback where asked.</summary>
    public AreaParameters(NetworkShape shape, int layer, bool hasFeedback)
        : this(
            layer == 0 && shape.IsSparse
                ? PanelMatrix.RowMajor(shape.FeatureCount, shape.HiddenUnits)
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

    /// <summary>W, inputs x units.</summary>
    public PanelMatrix Weights { get; }

    /// <summary>b, 1 x units.</summary>
    public PanelMatrix Bias { get; }

    /// <summary>R, classes x units.</summary>
    public PanelMatrix Readout { get; }

    /// <summary>c, 1 x classes.</summary>
    public PanelMatrix ReadoutBias { get; }

    /// <summary>F transposed, classes x units: carries errors to the units. Null where the learning rule needs none (backpropagation).</summary>
    public PanelMatrix? Feedback { get; }

    /// <summary>All matrices, in the order of the model file.</summary>
    public PanelMatrix[] Matrices => Feedback is null ? [Weights, Bias, Readout, ReadoutBias] : [Weights, Bias, Readout, ReadoutBias, Feedback];

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

    public AreaParameters Clone() =>
        new(Weights.Clone(), Bias.Clone(), Readout.Clone(), ReadoutBias.Clone(), Feedback?.Clone());
}
