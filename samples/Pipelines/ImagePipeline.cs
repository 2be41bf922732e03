using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;
using Microsoft.ML.Transforms;
using Sal.Core.Data;

namespace Pipelines;

/// <summary>Classifies small images: the features are pixels, standardized with one mean and deviation for all of them.</summary>
internal static class ImagePipeline
{
    public static void Run(int seeds)
    {
        ITransformer model = Comparison.Run("images.zip", seeds, Load, Transforms, [
            ("Sal", Sal),
            ("LightGbm", mlContext => mlContext.MulticlassClassification.Trainers.LightGbm()),
        ]);

        var mlContext = new MLContext();
        Image image = mlContext.Data.CreateEnumerable<Image>(Load(mlContext), reuseRowObject: false).First();
        using PredictionEngine<Image, ImagePrediction> engine = mlContext.Model.CreatePredictionEngine<Image, ImagePrediction>(model);
        ImagePrediction prediction = engine.Predict(image);
        foreach (float[] row in image.Pixels.Chunk(8))
        {
            Console.WriteLine(string.Concat(row.Select(ink => " .:-=+*#%"[(int)(ink / 2)])));
        }

        Console.WriteLine($"This is a {prediction.PredictedLabel} ({prediction.Score.Max():P0}).");
    }

    public static IDataView Load(MLContext mlContext) => mlContext.Data.LoadFromTextFile<Image>(
        Path.Combine(AppContext.BaseDirectory, "data", "digits.csv"), separatorChar: ',');

    /// <summary>Turns the digit into the key <c>Label</c>. The pixels already are a vector.</summary>
    public static IEstimator<ITransformer> Transforms(MLContext mlContext) =>
        mlContext.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue);

    /// <summary>
    /// Creates the trainer. Pixels share a scale: if each were standardized on its own, the rarely inked ones at the edge would weigh as
    /// much as those in the middle.
    /// </summary>
    public static IEstimator<ITransformer> Sal(MLContext mlContext) => mlContext.MulticlassClassification.Trainers.Sal(
        new SalMulticlassTrainer.Options { InputScaling = InputScaling.Common });

    private sealed class Image
    {
        [LoadColumn(0, 63), VectorType(64), ColumnName("Features")]
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
