namespace Microsoft.ML.Sal.Tests.Internals;

/// <summary>The methods of a user's program, each of which the runtime compiles before its first line runs.</summary>
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
