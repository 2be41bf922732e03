using System.Collections.Immutable;
using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Scoring;

[TestClass]
public class PermutationFeatureImportanceTests
{
    [TestMethod]
    public void The_informative_feature_of_a_chain_is_found()
    {
        var mlContext = new MLContext(seed: 1);
        var random = new Random(1);
        IDataView data = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 150).Select(i => new Row
        {
            Informative = (i % 3) + (0.2f * random.NextSingle()),
            Noise = random.NextSingle(),
            Label = Blobs.Name(i % 3),
        }).ToArray());
        ITransformer model = mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(mlContext.Transforms.Concatenate("Features", "Informative", "Noise"))
            .Append(mlContext.SmallSal())
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(data);

        ImmutableDictionary<string, MulticlassClassificationMetricsStatistics> importance =
            mlContext.MulticlassClassification.PermutationFeatureImportance(model, model.Transform(data), permutationCount: 3);

        Assert.IsLessThan(-0.3, importance["Informative"].MicroAccuracy.Mean);
        Assert.IsGreaterThan(-0.1, importance["Noise"].MicroAccuracy.Mean);
    }

    private sealed class Row
    {
        public float Informative { get; set; }

        public float Noise { get; set; }

        public string Label { get; set; } = "";
    }
}
