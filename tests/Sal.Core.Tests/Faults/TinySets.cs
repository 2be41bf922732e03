using Sal.Core.Data;

namespace Sal.Core.Tests.Faults;

/// <summary>Training sets of a few rows, ordinary except for their shapes.</summary>
internal static class TinySets
{
    private static readonly TrainingSet[] Sets =
    [
        Create(features: 5, classes: 3, rows: 24),
        Create(features: 1, classes: 2, rows: 2),
        Create(features: 17, classes: 9, rows: 9), // one row per class
        Create(features: 3, classes: 40, rows: 30), // classes without rows
        Create(features: 600, classes: 3, rows: 12, density: 0.01), // sparse
    ];

    public static int Count => Sets.Length;

    public static TrainingSet Get(int number) => Sets[number];

    private static TrainingSet Create(int features, int classes, int rows, double density = 1)
    {
        var random = new Random(features);
        var builder = new TrainingSetBuilder(features, classes);
        for (int row = 0; row < rows; row++)
        {
            int label = row % classes;
            float[] values = [.. Enumerable.Range(0, features)
                .Select(i => random.NextDouble() < density ? random.NextSingle() + (i == label ? 2 : 0) : 0)];
            builder.TryAdd(values, label);
        }

        return builder.Build();
    }
}
