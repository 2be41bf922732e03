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
            return RandomHyperplanes.Create(options.Seed, set.FeatureCount, numberOfAreas);
        }

        PanelMatrix sample = Sample(options.Seed, set, transform);
        var means = new KMeans(sample, numberOfAreas, options.Seed, limits);
        return options.Router == RouterKind.BalancedKMeans ? means.LearnBalanced() : means.Learn();
    }

    // rows x features, transformed
    private static PanelMatrix Sample(int seed, TrainingSet set, InputTransform transform)
    {
        int[] rows = [.. Enumerable.Range(0, set.RowCount)];
        if (rows.Length > MaximumSample)
        {
            new KeyedRandom(seed, RandomPurpose.RouterSample).Shuffle(rows);
            Array.Resize(ref rows, MaximumSample);
        }

        var sample = new PanelMatrix(rows.Length, set.FeatureCount);
        for (int i = 0; i < sample.Rows; i++)
        {
            transform.Apply(set.Features(rows[i]), sample, i);
        }

        return sample;
    }
}
