using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Data;

namespace Pipelines;

/// <summary>Small images: pixels as features, with one mean and deviation for all of them.</summary>
internal static class ImagePipeline
{
    public static void Run()
    {
        var mlContext = new MLContext(seed: 1);
        string path = Path.Combine(AppContext.BaseDirectory, "data", "digits.csv");
        IDataView data = mlContext.Data.LoadFromTextFile<Image>(path, separatorChar: ',');

        // Pixels share a scale: standardised one by one, the rarely inked ones at the rim would weigh as much as those in the middle.
        var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(mlContext.MulticlassClassification.Trainers.Sal(new SalMulticlassTrainer.Options { FeatureColumnName = "Pixels", InputScaling = InputScaling.Common }))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        ITransformer model = Evaluation.TrainAndSave(mlContext, pipeline, data, "images.zip");

        Image image = mlContext.Data.CreateEnumerable<Image>(data, reuseRowObject: false).First();
        using PredictionEngine<Image, ImagePrediction> engine = mlContext.Model.CreatePredictionEngine<Image, ImagePrediction>(model);
        ImagePrediction prediction = engine.Predict(image);
        foreach (float[] row in image.Pixels.Chunk(8))
        {
            Console.WriteLine(string.Concat(row.Select(ink => " .:-=+*#%"[(int)(ink / 2)])));
        }

        Console.WriteLine($"This is a {prediction.PredictedLabel} ({prediction.Score.Max():P0}).");
    }

    private sealed class Image
    {
        [LoadColumn(0, 63), VectorType(64)]
        public float[] Pixels { get; set; } = [];

        [LoadColumn(64)]
        public int Label { get; set; }
    }

    private sealed class ImagePrediction
    {
        public int PredictedLabel { get; set; }

        public float[] Score { get; set; } = [];
    }
}
