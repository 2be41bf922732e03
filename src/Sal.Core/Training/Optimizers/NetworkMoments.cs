using Sal.Core.Files;
using Sal.Core.Network;
using Sal.Core.Numerics;

namespace Sal.Core.Training.Optimizers;

/// <summary>The optimizer state of a whole network, in the same layout.</summary>
internal sealed class NetworkMoments
{
    private readonly AreaMoments[][] _layers;

    public NetworkMoments(SalNetwork network, int momentCount)
        : this([.. Enumerable.Range(0, network.Shape.NumberOfLayers).Select(layer =>
            Enumerable.Range(0, network.Shape.AreaCount(layer))
                .Select(area => new AreaMoments(network[layer, area], momentCount)).ToArray())])
    {
    }

    private NetworkMoments(AreaMoments[][] layers) => _layers = layers;

    /// <summary>Gets the state of <paramref name="area"/> in a layer.</summary>
    public AreaMoments this[int layer, int area] => _layers[layer][_layers[layer].Length == 1 ? 0 : area];

    /// <summary>Gets whether all moments are finite.</summary>
    public bool IsFinite => _layers.All(areas => areas.All(area => area.IsFinite));

    /// <summary>Writes the step counts and moments layer by layer and, within a layer, area by area.</summary>
    public void Write(ChecksumWriter writer)
    {
        foreach (AreaMoments area in _layers.SelectMany(areas => areas))
        {
            writer.Write(area.Steps);
            foreach (PanelMatrix matrix in area.Matrices)
            {
                writer.Write(matrix);
            }
        }
    }

    /// <summary>Reads the output of <see cref="Write"/>.</summary>
    public void Read(ChecksumReader reader)
    {
        foreach (AreaMoments area in _layers.SelectMany(areas => areas))
        {
            area.Steps = reader.ReadInt64();
            foreach (PanelMatrix matrix in area.Matrices)
            {
                reader.Read(matrix);
            }
        }
    }

    /// <summary>Creates a deep copy of the state.</summary>
    public NetworkMoments Clone() => new([.. _layers.Select(areas => areas.Select(area => area.Clone()).ToArray())]);

    /// <summary>Creates the state after the partition: each area of the routed layers inherits the shared moments and step count.</summary>
    public NetworkMoments Split(NetworkShape split) =>
        new([.. _layers.Select((areas, layer) =>
            Enumerable.Range(0, split.AreaCount(layer)).Select(area => area == 0 ? areas[0] : areas[0].Clone()).ToArray())]);
}
