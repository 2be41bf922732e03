using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Numerics;

namespace Sal.Core.Training.Routing;

/// <summary>Learns a router from the training inputs, without labels. It is frozen from then on.</summary>
internal static class RouterLearning
{
    private const int MaximumSample = 16_384;

    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static Router Learn(SalTrainingOptions options, int numberOfAreas, TrainingSet set, InputTransform transform, TrainingLimits limits)
    {
        if (options.Router == RouterKind.RandomHyperplanes)
        {
            return RandomHyperplanes.Create(options.Seed, set, numberOfAreas);
        }

        int[] rows = SampleRows(options.Seed, set.RowCount);
        var means = new KMeans(set, transform, rows, numberOfAreas, options.Seed, limits);
        return options.Router == RouterKind.BalancedKMeans ? means.LearnBalanced() : means.Learn();
    }

    private static int[] SampleRows(int seed, int rowCount)
    {
        int[] rows = [.. Enumerable.Range(0, rowCount)];
        if (rows.Length > MaximumSample)
        {
            new KeyedRandom(seed, RandomPurpose.RouterSample).Shuffle(rows);
            Array.Resize(ref rows, MaximumSample);
        }

        return rows;
    }
}
