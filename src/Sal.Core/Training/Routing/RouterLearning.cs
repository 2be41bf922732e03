using Sal.Core.Data;
using Sal.Core.Network;
using Sal.Core.Numerics;

namespace Sal.Core.Training.Routing;

/// <summary>Learns a router from the training features, without labels. The router stays frozen afterwards.</summary>
internal static class RouterLearning
{
    private const int MaximumSample = 16_384;

    /// <exception cref="OperationCanceledException">Training was canceled.</exception>
    public static Router Learn(
        SalTrainingOptions options, int numberOfAreas, TrainingSet set, InputEncoding encoding, TrainingLimits limits)
    {
        if (options.Router == RouterKind.RandomHyperplanes)
        {
            return RandomHyperplanes.Create(options.RandomSeed, encoding.InputCount, set.IsSparse, numberOfAreas);
        }

        int[] rows = SampleRows(options.RandomSeed, set, encoding);
        var means = new KMeans(set, encoding, rows, numberOfAreas, options.RandomSeed, limits);
        return options.Router == RouterKind.BalancedKMeans ? means.LearnBalanced() : means.Learn();
    }

    /// <summary>Gets the number of directions that a router projects rows onto.</summary>
    public static int RoutingWidth(RouterKind kind, int numberOfAreas) =>
        kind == RouterKind.RandomHyperplanes ? RandomHyperplanes.BitCount(numberOfAreas) : numberOfAreas;

    private static int[] SampleRows(int seed, TrainingSet set, InputEncoding encoding)
    {
        int[] rows = [.. Enumerable.Range(0, set.RowCount)];
        int most = set.IsSparse ? MaximumSample : Math.Min(MaximumSample, PanelMatrix.MaximumLength / encoding.InputCount / 2);
        if (rows.Length > most)
        {
            new KeyedRandom(seed, RandomPurpose.RouterSample).Shuffle(rows);
            Array.Resize(ref rows, most);
        }

        return rows;
    }
}
