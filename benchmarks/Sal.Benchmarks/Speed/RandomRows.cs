using Sal.Core.Data;

namespace Sal.Benchmarks.Speed;

/// <summary>Rows to measure time and memory with: features from 0 to 1 and classes, all drawn.</summary>
internal static class RandomRows
{
    /// <summary>Dense rows.</summary>
    public static TrainingSet Create(int rows, int featureCount, int classCount)
    {
        var random = new Random(1);
        var builder = new TrainingSetBuilder(featureCount, classCount);
        var features = new float[featureCount];
        for (int row = 0; row < rows; row++)
        {
            foreach (ref float value in features.AsSpan())
            {
                value = random.NextSingle();
            }

            builder.TryAdd(features, random.Next(classCount));
        }

        return builder.Build();
    }

    /// <summary>Rows with a value that is not zero in each of as many equal ranges of features.</summary>
    public static TrainingSet CreateSparse(int rows, int featureCount, int classCount, int values)
    {
        var random = new Random(1);
        var builder = new TrainingSetBuilder(featureCount, classCount);
        int range = featureCount / values;
        for (int row = 0; row < rows; row++)
        {
            builder.TryAdd([.. Enumerable.Range(0, values).Select(i => i * range + random.Next(range))], [.. Enumerable.Range(0, values).Select(_ => 1 + random.NextSingle())], random.Next(classCount));
        }

        return builder.Build();
    }
}
