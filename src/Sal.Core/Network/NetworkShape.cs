using Sal.Core.Model;

namespace Sal.Core.Network;

/// <summary>The layout of a network, from which every buffer's shape follows.</summary>
/// <param name="FeatureCount">Inputs of a row, d.</param>
/// <param name="ClassCount">Classes, C.</param>
/// <param name="HiddenUnits">Units of each hidden layer, H.</param>
/// <param name="NumberOfLayers">Hidden layers, L.</param>
/// <param name="NumberOfAreas">Areas, K.</param>
/// <param name="RoutedLayers">Which layers are split into areas.</param>
/// <param name="Activation">The activation of hidden units.</param>
/// <param name="Residual">Whether layers after the first add their input to their output.</param>
/// <param name="IsSparse">Whether the first layer reads sparse rows.</param>
internal sealed record NetworkShape(
    int FeatureCount,
    int ClassCount,
    int HiddenUnits,
    int NumberOfLayers,
    int NumberOfAreas,
    RoutedLayers RoutedLayers,
    ActivationKind Activation,
    bool Residual,
    bool IsSparse = false)
{
    /// <summary>Gets the kernels of the layers.</summary>
    public LayerKernels Kernels => LayerKernels.For(Activation);

    /// <summary>Inputs of a layer: the features for the first, the hidden units for the others.</summary>
    public int InputCount(int layer) => layer == 0 ? FeatureCount : HiddenUnits;

    /// <summary>Areas of a layer: K where it is routed, else one.</summary>
    public int AreaCount(int layer) => layer == 0 || RoutedLayers == RoutedLayers.All ? NumberOfAreas : 1;

    /// <summary>Whether a layer adds its input to its output.</summary>
    public bool IsResidual(int layer) => Residual && layer > 0;

    /// <summary>Weights, biases and readouts of one area of a layer.</summary>
    public long AreaParameterCount(int layer) =>
        (InputCount(layer) + 1L) * HiddenUnits + (HiddenUnits + 1L) * ClassCount;

    /// <summary>Parameters of all areas.</summary>
    public long ParameterCount => Enumerable.Range(0, NumberOfLayers).Sum(layer => AreaCount(layer) * AreaParameterCount(layer));

    /// <summary>Parameters that one row uses.</summary>
    public long ActiveParameterCount => Enumerable.Range(0, NumberOfLayers).Sum(AreaParameterCount);
}
