using Sal.Core.Data;

namespace Sal.Benchmarks.Speed;

/// <summary>Creates rows to measure time and memory with: random features from 0 to 1, and random classes.</summary>
internal static class RandomRows
{
    /// <summary>Creates dense rows.</summary>
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

    /// <summary>Creates sparse rows: the features fall into equal ranges, each with one value that is not zero.</summary>
    public static TrainingSet CreateSparse(int rows, int featureCount, int classCount, int values)
    {
        var random = new Random(1);
        var builder = new TrainingSetBuilder(featureCount, classCount);
        int range = featureCount / values;
        for (int row = 0; row < rows; row++)
        {
            int[] indices = [.. Enumerable.Range(0, values).Select(i => i * range + random.Next(range))];
            float[] present = [.. Enumerable.Range(0, values).Select(_ => 1 + random.NextSingle())];
            builder.TryAdd(indices, present, random.Next(classCount));
        }

        return builder.Build();
    }
}
