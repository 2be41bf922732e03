using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pipelines;

/// <summary>
/// Classifies text: what kind of thing does a dictionary definition define? Words, pairs of words and triples of letters are counted in a
/// sparse vector.
/// </summary>
internal static class TextPipeline
{
    public static void Run(int seeds)
    {
        ITransformer model = Comparison.Run("text.zip", seeds, Load, Transforms, [
            ("Sal", Sal),
            ("Sdca", mlContext => mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy()),
            ("Lbfgs", mlContext => mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy()),
        ]);

        using var engine = new MLContext().Model.CreatePredictionEngine<Definition, DefinitionPrediction>(model);
        const string Text = "a thick soup of fish and potatoes, cooked in milk";
        DefinitionPrediction prediction = engine.Predict(new Definition { Text = Text });
        Console.WriteLine($"\"{Text}\": {prediction.PredictedLabel} ({prediction.Score.Max():P0}).");
    }

    public static IDataView Load(MLContext mlContext) => mlContext.Data.LoadFromTextFile<Definition>(
        Path.Combine(AppContext.BaseDirectory, "data", "definitions.tsv"), separatorChar: '\t', hasHeader: true);

    /// <summary>Turns the columns of the corpus into the columns <c>Features</c> and <c>Label</c>.</summary>
    public static IEstimator<ITransformer> Transforms(MLContext mlContext) =>
        mlContext.Transforms.Text.FeaturizeText("Features", "Text")
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label", "Category"));

    /// <summary>
    /// Creates the trainer. With 100,000 features, most parameters are in the first layer, so one area and few units keep it small.
    /// </summary>
    public static IEstimator<ITransformer> Sal(MLContext mlContext) => mlContext.MulticlassClassification.Trainers.Sal(
        numberOfAreas: 1, hiddenUnits: 64, numberOfLayers: 2, numberOfEpochs: 10, learningRate: 5e-4);

    /// <summary>Represents a definition from WordNet, without the word that it defines.</summary>
    private sealed class Definition
    {
        [LoadColumn(0)]
        public string Category { get; set; } = "";

        [LoadColumn(1)]
        public string Text { get; set; } = "";
    }

    private sealed class DefinitionPrediction
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
