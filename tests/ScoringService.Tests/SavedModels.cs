using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;
using Microsoft.ML.Transforms;

namespace ScoringService.Tests;

/// <summary>Models that the tests serve, trained once.</summary>
internal static class SavedModels
{
    private static readonly Lazy<byte[]> _digits = new(() => TrainDigits(seed: 1, hiddenUnits: 128));
    private static readonly Lazy<byte[]> _otherDigits = new(() => TrainDigits(seed: 2, hiddenUnits: 32));
    private static readonly Lazy<byte[]> _machines = new(TrainMachines);
    private static readonly Lazy<byte[]> _materials = new(TrainMaterials);

    /// <summary>64 features to 10 digits.</summary>
    public static byte[] Digits => _digits.Value;

    /// <summary>The same, with other answers.</summary>
    public static byte[] OtherDigits => _otherDigits.Value;

    /// <summary>Numbers, a vector, true and false, and a text; with steps before the trainer.</summary>
    public static byte[] Machines => _machines.Value;

    /// <summary>A text, hashed to 65,536 features.</summary>
    public static byte[] Materials => _materials.Value;

    public static ITransformer Load(byte[] file) => new MLContext().Model.Load(new MemoryStream(file), out _);

    public static SalMulticlassModelParameters ParametersOf(ITransformer model) =>
        ((IEnumerable<ITransformer>)model).OfType<ISingleFeaturePredictionTransformer<SalMulticlassModelParameters>>().Single().Model;

    private static byte[] TrainDigits(int seed, int hiddenUnits)
    {
        var mlContext = new MLContext(seed);
        IDataView data = Digit.Load(mlContext);
        var pipeline = mlContext.Transforms.Conversion
            .MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(mlContext.MulticlassClassification.Trainers.Sal(hiddenUnits: hiddenUnits, numberOfAreas: 4, numberOfEpochs: 20))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        return Save(mlContext, pipeline.Fit(data), data.Schema);
    }

    private static byte[] TrainMachines()
    {
        var mlContext = new MLContext(1);
        IDataView data = mlContext.Data.LoadFromEnumerable(Machine.Make(500));
        var pipeline = mlContext.Transforms.Categorical.OneHotEncoding("MaterialSlots", "Material")
            .Append(mlContext.Transforms.Conversion.ConvertType("SpeedNumber", "Speed", DataKind.Single))
            .Append(mlContext.Transforms.Conversion.ConvertType("Age", "IsOld", DataKind.Single))
            .Append(mlContext.Transforms.Concatenate("Vector", "Temperature", "Pressures", "SpeedNumber", "Age", "MaterialSlots"))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(mlContext.MulticlassClassification.Trainers.Sal(
                featureColumnName: "Vector", hiddenUnits: 32, numberOfAreas: 2, numberOfEpochs: 10))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        return Save(mlContext, pipeline.Fit(data), data.Schema);
    }

    /// <summary>A number to one of the classes, in their order.</summary>
    public static byte[] TrainNumbers(string[] classes)
    {
        var mlContext = new MLContext(1);
        IDataView data = mlContext.Data.LoadFromEnumerable(
            Enumerable.Range(0, 5 * classes.Length).Select(i => new NumberRow { Number = i / 5, Label = classes[i / 5] }));
        var pipeline = mlContext.Transforms.Concatenate("Features", "Number")
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(mlContext.MulticlassClassification.Trainers.Sal(hiddenUnits: 8, numberOfAreas: 1, numberOfEpochs: 1));
        return Save(mlContext, pipeline.Fit(data), data.Schema);
    }

    private sealed class NumberRow
    {
        public float Number { get; set; }

        public string Label { get; set; } = "";
    }

    private static byte[] TrainMaterials()
    {
        var mlContext = new MLContext(1);
        IDataView data = mlContext.Data.LoadFromEnumerable(Machine.Make(200));
        var pipeline = mlContext.Transforms.Text.ProduceHashedWordBags("Features", "Material", numberOfBits: 16)
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(mlContext.MulticlassClassification.Trainers.Sal(hiddenUnits: 16, numberOfAreas: 2, numberOfEpochs: 2));
        return Save(mlContext, pipeline.Fit(data), data.Schema);
    }

    private static byte[] Save(MLContext mlContext, ITransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        mlContext.Model.Save(model, schema, stream);
        return stream.ToArray();
    }
}
