namespace Sal.Core.Network;

/// <summary>A stack of layers, each a set of areas of which each row uses one.</summary>
/// <param name="shape">The layout.</param>
/// <param name="layers">The areas of each layer.</param>
internal sealed class SalNetwork(NetworkShape shape, IReadOnlyList<AreaParameters[]> layers)
{
    public NetworkShape Shape { get; } = shape;

    /// <summary>Gets the parameters that rows of <paramref name="area"/> use in a layer.</summary>
    public AreaParameters this[int layer, int area] => layers[layer][IndexOf(layer, area)];

    /// <summary>Gets the index of the parameters of <paramref name="area"/> within a layer: 0 in layers that are not routed.</summary>
    public int IndexOf(int layer, int area) => layers[layer].Length == 1 ? 0 : area;

    /// <summary>
    /// Creates the network after the partition: each area of the routed layers starts with the shared parameters.
    /// </summary>
    public SalNetwork Split(int numberOfAreas)
    {
        NetworkShape split = Shape with { NumberOfAreas = numberOfAreas };
        return new SalNetwork(split, [.. layers.Select((areas, layer) => SplitLayer(areas[0], split.AreaCount(layer)))]);
    }

    /// <summary>Gets whether all parameters are finite.</summary>
    public bool IsFinite => layers.All(areas => areas.All(area => area.Matrices.All(matrix => matrix.IsFinite)));

    /// <summary>Creates a deep copy of the network.</summary>
    public SalNetwork Clone() => new(Shape, [.. layers.Select(areas => areas.Select(area => area.Clone()).ToArray())]);

    /// <summary>Creates the same network with all readouts, and so the logits, multiplied by a factor; feedback stays aligned.</summary>
    public SalNetwork WithScaledReadouts(float factor) =>
        new(Shape, [.. layers.Select(areas => areas.Select(area => area.WithScaledReadout(factor)).ToArray())]);

    /// <summary>Creates the same network with the classes in another order.</summary>
    /// <param name="order">For each class, which one of this network it is.</param>
    public SalNetwork WithClasses(int[] order) =>
        new(Shape, [.. layers.Select(areas => areas.Select(area => area.WithClasses(order)).ToArray())]);

    private static AreaParameters[] SplitLayer(AreaParameters shared, int areaCount) =>
        [shared, .. Enumerable.Range(1, areaCount - 1).Select(_ => shared.Clone())];
}
