using Sal.Core.Numerics;

namespace Sal.Core.Model;

/// <summary>What scoring one row writes on its way through the network.</summary>
internal sealed class ScoringBuffers(NetworkShape shape)
{
    // 1 x units each. Two outputs in turn, as a layer reads the one before it; and one for act(z) apart from a residual layer's output.
    private readonly PanelMatrix _even = PanelMatrix.Vector(shape.HiddenUnits);
    private readonly PanelMatrix _odd = PanelMatrix.Vector(shape.HiddenUnits);
    private readonly PanelMatrix _activations = PanelMatrix.Vector(shape.HiddenUnits);

    /// <summary>1 x features, transformed.</summary>
    public PanelMatrix Input { get; } = PanelMatrix.Vector(shape.FeatureCount);

    /// <summary>1 x areas.</summary>
    public PanelMatrix AreaScores { get; } = PanelMatrix.Vector(shape.NumberOfAreas);

    /// <summary>1 x classes.</summary>
    public PanelMatrix Logits { get; } = PanelMatrix.Vector(shape.ClassCount);

    /// <summary>Where a layer writes its activations and its output.</summary>
    public (PanelMatrix Activations, PanelMatrix Hidden) Layer(int layer, bool isResidual)
    {
        PanelMatrix hidden = layer % 2 == 0 ? _even : _odd;
        return (isResidual ? _activations : hidden, hidden);
    }
}
