using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML.Sal.Tests.Fixtures;

/// <summary>Trainers small enough for a test.</summary>
internal static class SmallTrainer
{
    public static SalMulticlassTrainer.Options Options(Action<SalMulticlassTrainer.Options>? change = null)
    {
        var options = new SalMulticlassTrainer.Options
        {
            NumberOfAreas = 2, HiddenUnits = 16, NumberOfLayers = 2, NumberOfEpochs = 8, LearningRate = 0.01, Seed = 7, NumberOfThreads = 1,
        };
        change?.Invoke(options);
        return options;
    }

    public static SalMulticlassTrainer SmallSal(this MLContext mlContext, Action<SalMulticlassTrainer.Options>? change = null) =>
        mlContext.MulticlassClassification.Trainers.Sal(Options(change));

    /// <summary>Gets the bytes of the engine's model, which are equal for equal models.</summary>
    public static byte[] ModelBytes(this SalMulticlassModelParameters parameters)
    {
        using var stream = new MemoryStream();
        parameters.Model.Save(stream);
        return stream.ToArray();
    }
}
