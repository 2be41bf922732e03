using Sal.Core.Data;
using Sal.Core.Numerics;

namespace Sal.Core.Model;

/// <summary>What scoring writes on its way through the network, for one row (as vectors) or a batch of rows of one area.</summary>
internal sealed class ScoringBuffers
{
    // rows x units each. Two outputs in turn, as a layer reads the one before it; and one for act(z) apart from a residual layer's output.
    private readonly PanelMatrix _even;
    private readonly PanelMatrix _odd;
    private readonly PanelMatrix _activations;
    private readonly InputRows _evenInput;
    private readonly InputRows _oddInput;

    public ScoringBuffers(NetworkShape shape, int rows)
    {
        _even = Create(shape.HiddenUnits);
        _odd = Create(shape.HiddenUnits);
        _activations = Create(shape.HiddenUnits);
        Input = new InputRows(shape.FeatureCount, rows, shape.IsSparse);
        _evenInput = new InputRows(_even);
        _oddInput = new InputRows(_odd);
        AreaScores = Create(shape.NumberOfAreas);
        Logits = Create(shape.ClassCount);

        PanelMatrix Create(int columns) => rows == 1 ? PanelMatrix.Vector(columns) : new PanelMatrix(rows, columns);
    }

    /// <summary>rows x features, transformed.</summary>
    public InputRows Input { get; }

    /// <summary>rows x areas.</summary>
    public PanelMatrix AreaScores { get; }

    /// <summary>rows x classes.</summary>
    public PanelMatrix Logits { get; }

    /// <summary>Computes the logits of the first rows of the input, which are all of one area.</summary>
    public void Forward(SalNetwork network, int area, int rows)
    {
        NetworkShape shape = network.Shape;
        InputRows input = Input;
        for (int layer = 0; layer < shape.NumberOfLayers; layer++)
        {
            PanelMatrix hidden = layer % 2 == 0 ? _even : _odd;
            bool isResidual = shape.IsResidual(layer);
            LayerForward.Run(
                network[layer, area], shape.Activation, isResidual, DropoutMask.None, input, 0, rows,
                isResidual ? _activations : hidden, hidden, Logits, isFirst: layer == 0);
            input = layer % 2 == 0 ? _evenInput : _oddInput;
        }
    }
}
