namespace Microsoft.ML.Sal.Tests.Internals;

/// <summary>What a user's methods look like to the runtime, which compiles each of them before its first line runs.</summary>
public static class UserProgram
{
    public static void CreateTrainer()
    {
        var mlContext = new MLContext();
        var trainer = mlContext.MulticlassClassification.Trainers.Sal();
        GC.KeepAlive(trainer);
    }

    public static void CreatePipeline()
    {
        var mlContext = new MLContext();
        var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(mlContext.MulticlassClassification.Trainers.Sal())
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        GC.KeepAlive(pipeline);
    }

    public static void LoadModel(string path)
    {
        var mlContext = new MLContext();
        ITransformer model = mlContext.Model.Load(path, out _);
        GC.KeepAlive(model);
    }
}
