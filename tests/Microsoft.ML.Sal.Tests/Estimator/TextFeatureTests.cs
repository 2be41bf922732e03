using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML.Sal.Tests.Estimator;

/// <summary>Text features made by ML.NET's own transforms.</summary>
[TestClass]
public class TextFeatureTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    [DataRow("FeaturizeText")]
    [DataRow("ProduceHashedWordBags")]
    public void Text_features_are_learned(string transform)
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 120).Select(i => new Message
        {
            Text = $"{(i % 2 == 0 ? "the boat left the harbor" : "the oven baked the bread")} at {i} {(i % 3 == 0 ? "again" : "today")}",
            Label = i % 2 == 0 ? "sailing" : "cooking",
        }));
        IEstimator<ITransformer> text = transform == "FeaturizeText"
            ? _mlContext.Transforms.Text.FeaturizeText("Features", "Text")
            : _mlContext.Transforms.Text.ProduceHashedWordBags("Features", "Text", numberOfBits: 16, ngramLength: 2);
        var pipeline = text.Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_mlContext.SmallSal(options => options.NumberOfAreas = 1));

        TransformerChain<SalMulticlassPredictionTransformer> model = pipeline.Fit(data);

        Assert.IsGreaterThan(0.95, _mlContext.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy);
    }

    [TestMethod]
    public void The_estimator_checks_hold_for_text_features()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(
            Blobs.Rows(40).Select(row => new Message { Text = $"{row.Label} {row.Features[0]:F0}", Label = row.Label }));
        EstimatorCheck.Run(
            _mlContext,
            _mlContext.Transforms.Text.FeaturizeText("Features", "Text")
                .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
                .Append(_mlContext.SmallSal()),
            data);
    }

    private sealed class Message
    {
        public string Text { get; set; } = "";

        public string Label { get; set; } = "";
    }
}
