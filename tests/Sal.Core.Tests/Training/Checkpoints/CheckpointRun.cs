using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Core.Tests.Training.Checkpoints;

/// <summary>Runs trainings that take a fraction of a second, uninterrupted or in pieces.</summary>
internal static class CheckpointRun
{
    private const int Features = 20, SparseFeatures = 600, Classes = 3;

    public static SalTrainingOptions Options(Action<SalTrainingOptions>? set = null)
    {
        var options = new SalTrainingOptions
        {
            HiddenUnits = 24, NumberOfLayers = 2, NumberOfEpochs = 6, LearningRate = 0.01, NumberOfThreads = 1,
            CheckpointIntervalSeconds = 0,
        };
        set?.Invoke(options);
        return options;
    }

    /// <summary>
    /// Creates rows of overlapping classes with weights; 240 rows are enough for three areas. The last row may be changed.
    /// </summary>
    public static TrainingSet Rows(
        int count = 240,
        int seed = 1,
        bool isSparse = false,
        Func<float[], int, float, (int Label, float Weight)>? changeLast = null)
    {
        var random = new Random(seed);
        int width = isSparse ? SparseFeatures : Features;
        var builder = new TrainingSetBuilder(width, Classes);
        for (int row = 0; row < count; row++)
        {
            var features = new float[width];
            int label = random.Next(Classes);
            for (int i = 0; i < (isSparse ? 30 : width); i++)
            {
                int feature = isSparse ? random.Next(width) : i;
                features[feature] = random.NextSingle() + (feature % Classes == label ? 0.3f : 0);
            }

            float weight = 0.5f + random.NextSingle();
            if (row == count - 1 && changeLast is not null)
            {
                (label, weight) = changeLast(features, label, weight);
            }

            builder.TryAdd(features, label, weight);
        }

        return builder.Build();
    }

    public static byte[] Bytes(SalModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    /// <summary>Trains, and stops after a number of epochs as if the process had ended there.</summary>
    /// <returns>The result, or null if training was stopped.</returns>
    public static SalTrainingResult? Run(
        SalTrainingOptions options,
        TrainingSet rows,
        int stopAfterEpochs = int.MaxValue,
        TrainingSet? validation = null,
        SalModel? start = null,
        List<string>? warnings = null)
    {
        try
        {
            int left = stopAfterEpochs;
            var observer = new TestObserver
            {
                EpochEnded = _ => left = left > 1 ? left - 1 : throw new StoppedException(),
                Warned = line => warnings?.Add(line),
            };
            return new SalTrainer(options).Train(rows, validation, start, observer);
        }
        catch (StoppedException)
        {
            return null;
        }
    }

    private sealed class StoppedException : Exception;
}
