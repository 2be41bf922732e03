using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Benchmarks.Speed;

/// <summary>Checks that a model is the same to the bit on any number of threads.</summary>
internal static class ThreadIdentity
{
    private const int MostThreads = 4;

    public static bool Holds()
    {
        byte[][] models = [.. Enumerable.Range(1, MostThreads).Select(Train)];
        return models[1..].All(model => model.AsSpan().SequenceEqual(models[0]));
    }

    private static byte[] Train(int threads)
    {
        var options = new SalTrainingOptions
        {
            NumberOfEpochs = 2, NumberOfAreas = 4, HiddenUnits = 48, BatchSize = 40, AreaBatchSize = 24, NumberOfThreads = threads,
        };
        SalModel model = new SalTrainer(options).Train(RandomRows.Create(2_048, featureCount: 60, classCount: 7)).Model;
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
