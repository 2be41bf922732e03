using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Data;
using Sal.Core.Model;

namespace Microsoft.ML.Sal.Tests;

/// <summary>The code of docs/explaining.md.</summary>
[TestClass]
public class ExplainingPageTests
{
    private readonly MLContext mlContext = new(seed: 1); // named as on the page

    [TestMethod]
    public void The_code_on_the_page_is_in_this_file() => PageCode.IsRun("explaining.md", nameof(ExplainingPageTests), blocks: 3);

    [TestMethod]
    public void A_prediction_is_explained_by_the_pipeline_and_by_the_engine()
    {
        Flower[] flowers = Flowers(150);
        IDataView data = mlContext.Data.LoadFromEnumerable(flowers);
        Flower flower = flowers[0];
        IEstimator<ITransformer> pipeline = mlContext.Transforms.TabularFeatures(labelColumnName: "Species")
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label", "Species"))
            .Append(mlContext.MulticlassClassification.Trainers.Sal())
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

        ITransformer model = pipeline.Fit(data);
        var explaining = model.Append(
            mlContext.Transforms.CalculateContributions(model, data.Schema).Fit(model.Transform(data)));

        VBuffer<ReadOnlyMemory<char>> names = default;
        explaining.GetOutputSchema(data.Schema)["Contributions"].GetSlotNames(ref names);
        using var engine = mlContext.Model.CreatePredictionEngine<Flower, Explained>(explaining, data.Schema);
        Explained row = engine.Predict(flower);
        Console.WriteLine($"{row.PredictedLabel}, not {row.ContributionsOtherClass}: {row.ContributionsBaseline:F2} in a typical row");
        foreach (var (index, value) in row.Contributions.Index().OrderByDescending(pair => Math.Abs(pair.Item)))
        {
            Console.WriteLine($"{names.GetItemOrDefault(index)}: {value:F2}");
        }

        CollectionAssert.AreEqual(new[] { "Petals", "Color" }, names.DenseValues().Select(name => $"{name}").ToArray());
        Assert.AreEqual(flower.Species, row.PredictedLabel);
        float[] score = [.. row.Score.Order()];
        Assert.AreEqual(Math.Log(score[^1] / score[^2]), row.ContributionsBaseline + row.Contributions.Sum(), 1e-3);

        SalModel salModel = ((IEnumerable<ITransformer>)model)
            .OfType<ISingleFeaturePredictionTransformer<SalMulticlassModelParameters>>().Single().Model.Model;
        float[] features = model.Transform(data).GetColumn<float[]>("Features").First();
        var explainer = new SalExplainer(salModel);
        float[] contributions = new float[salModel.FeatureCount];
        SalExplanation explanation = explainer.Explain(new FeatureVector(features), contributions, otherClass: 2);

        Assert.AreEqual(2, explanation.OtherClass);
        Assert.AreEqual(explanation.LogOdds - explanation.BaselineLogOdds, contributions.Sum(), 1e-3);
    }

    private static Flower[] Flowers(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(i => new Flower
        {
            Petals = i % 3 * 2 + random.NextSingle(),
            Color = i % 3 == 0 ? "blue" : i % 2 == 0 ? "red" : "white",
            Species = ((string[])["violet", "rose", "tulip"])[i % 3],
        })];
    }

    public sealed class Flower
    {
        public float Petals { get; set; }

        public string Color { get; set; } = "";

        public string Species { get; set; } = "";
    }

    public sealed class Explained
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];

        public float[] Contributions { get; set; } = [];

        public string ContributionsOtherClass { get; set; } = "";

        public float ContributionsBaseline { get; set; }
    }
}
