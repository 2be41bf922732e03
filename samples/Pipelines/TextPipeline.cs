using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pipelines;

/// <summary>
/// Text: words and pairs of words, hashed into a sparse vector. With the package, <c>mlContext.Transforms.Text.FeaturizeText</c> or
/// <c>ProduceHashedWordBags</c> in front of the trainer does the same from a text column.
/// </summary>
internal static class TextPipeline
{
    public static void Run()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = mlContext.Data.LoadFromEnumerable(Topics.Make(count: 20_000).Select(Message.From));

        // The vectors are wide, so most parameters are in the first layer: one area and few units keep it small.
        var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(mlContext.MulticlassClassification.Trainers.Sal(numberOfAreas: 1, hiddenUnits: 64, numberOfLayers: 2, numberOfEpochs: 5, learningRate: 5e-4))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        ITransformer model = Evaluation.TrainAndSave(mlContext, pipeline, data, "text.zip");

        using PredictionEngine<Message, MessagePrediction> engine = mlContext.Model.CreatePredictionEngine<Message, MessagePrediction>(model);
        const string Text = "the boat left the harbour with a new sail";
        MessagePrediction prediction = engine.Predict(Message.From((Text, "")));
        Console.WriteLine($"\"{Text}\": {prediction.PredictedLabel} ({prediction.Score.Max():P0}).");
    }

    private sealed class Message
    {
        [VectorType(WordHashing.SlotCount), ColumnName("Features")]
        public VBuffer<float> Words;

        public string Label { get; set; } = "";

        public static Message From((string Text, string Topic) row) => new() { Words = WordHashing.Vector(row.Text), Label = row.Topic };
    }

    private sealed class MessagePrediction
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
