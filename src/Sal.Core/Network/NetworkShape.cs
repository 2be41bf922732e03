using Sal.Core.Model;

namespace Sal.Core.Network;

/// <summary>The layout of a network, which determines the shape of every buffer.</summary>
/// <param name="InputWidth">The number of inputs per row, d: of the encoded features.</param>
/// <param name="ClassCount">The number of classes, C.</param>
/// <param name="HiddenUnits">The number of units per hidden layer, H.</param>
/// <param name="NumberOfLayers">The number of hidden layers, L.</param>
/// <param name="NumberOfAreas">The number of areas, K.</param>
/// <param name="RoutedLayers">The layers that are split into areas.</param>
/// <param name="Activation">The activation function of hidden units.</param>
/// <param name="Residual">Whether layers after the first add their input to their output.</param>
/// <param name="IsSparse">Whether the first layer reads sparse rows.</param>
internal sealed record NetworkShape(
    int InputWidth,
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

    /// <summary>Gets the number of inputs of a layer: the encoded features for the first layer, the hidden units for the others.</summary>
    public int InputCount(int layer) => layer == 0 ? InputWidth : HiddenUnits;

    /// <summary>Gets the number of areas of a layer: K if the layer is routed, otherwise 1.</summary>
    public int AreaCount(int layer) => layer == 0 || RoutedLayers == RoutedLayers.All ? NumberOfAreas : 1;

    /// <summary>Gets whether a layer adds its input to its output.</summary>
    public bool IsResidual(int layer) => Residual && layer > 0;

    /// <summary>Gets the number of weights, biases and readouts of one area of a layer.</summary>
    public long AreaParameterCount(int layer) =>
        (InputCount(layer) + 1L) * HiddenUnits + (HiddenUnits + 1L) * ClassCount;

    /// <summary>Gets the number of parameters of all areas.</summary>
    public long ParameterCount => Enumerable.Range(0, NumberOfLayers).Sum(layer => AreaCount(layer) * AreaParameterCount(layer));

    /// <summary>Gets the number of parameters used per row.</summary>
    public long ActiveParameterCount => Enumerable.Range(0, NumberOfLayers).Sum(AreaParameterCount);
}
