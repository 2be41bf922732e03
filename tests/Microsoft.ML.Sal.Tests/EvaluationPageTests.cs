using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML.Sal.Tests;

/// <summary>The code of docs/evaluation.md, and what the page says about ML.NET.</summary>
[TestClass]
public class EvaluationPageTests
{
    private readonly MLContext mlContext = new(seed: 1); // named as on the page

    [TestMethod]
    public void The_code_on_the_page_is_in_this_file() => PageCode.IsRun("evaluation.md", nameof(EvaluationPageTests), blocks: 6);

    [TestMethod]
    public void A_model_is_split_off_cross_validated_read_and_explained()
    {
        IDataView data = mlContext.Data.LoadFromEnumerable(Rows(120));
        var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", "Species")
            .Append(mlContext.MulticlassClassification.Trainers.Sal())
            .Append(mlContext.Transforms.SelectTopClasses("TopClasses", count: 3));

        var split = mlContext.Data.StratifiedTrainTestSplit(data, "Species", testFraction: 0.2);
        ITransformer model = pipeline.Fit(split.TrainSet);
        var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(split.TestSet));

        var folds = mlContext.MulticlassClassification.StratifiedCrossValidate(
            data, pipeline, numberOfFolds: 5, stratificationColumnName: "Species");
        double accuracy = folds.Average(fold => fold.Metrics.MicroAccuracy);

        Assert.IsGreaterThan(0.9, metrics.MicroAccuracy);
        Assert.IsGreaterThan(0.9, accuracy);

        using var engine = mlContext.Model.CreatePredictionEngine<Row, Prediction>(model, data.Schema);
        var row = new Row { Features = [2, 0, -1] };
        Prediction prediction = engine.Predict(row);
        foreach (ClassProbability top in prediction.TopClasses)
        {
            Console.WriteLine($"{top.ClassName}: {top.Probability:P1}");
        }

        Assert.AreEqual("red", prediction.TopClasses[0].ClassName);
        Assert.HasCount(3, prediction.TopClasses);
        Assert.HasCount(3, prediction.Score);

        var importance = mlContext.MulticlassClassification.PermutationFeatureImportanceByColumn(
            model, split.TestSet, permutationCount: 5);
        foreach (var (column, change) in importance.OrderBy(pair => pair.Value.MicroAccuracy.Mean))
        {
            Console.WriteLine($"{column}: {change.MicroAccuracy.Mean:F3} ± {change.MicroAccuracy.StandardError:F3}");
        }

        Assert.IsLessThan(-0.3, importance["Features"].MicroAccuracy.Mean);
    }

    [TestMethod]
    public void The_column_is_added_to_a_model_that_was_trained_without_it()
    {
        IDataView data = mlContext.Data.LoadFromEnumerable(Rows(60));
        ITransformer model = mlContext.Transforms.Conversion.MapValueToKey("Label", "Species")
            .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).Fit(data);
        using var stream = new MemoryStream();
        mlContext.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);

        ITransformer extended = loaded.Append(mlContext.Transforms.SelectTopClasses().Fit(loaded.Transform(data)));

        Assert.AreEqual("red", extended.Transform(data).GetColumn<TopClasses>("TopClasses").First()[0].ClassName);
    }

    [TestMethod]
    public void ML_NETs_own_split_loses_a_rare_class_where_the_stratified_one_keeps_it()
    {
        IDataView data = mlContext.Data.LoadFromEnumerable(Rows(120).Where((row, i) => row.Species != "blue" || i < 9).ToArray());

        int lost = 0, kept = 0;
        for (int seed = 0; seed < 10; seed++)
        {
            lost += mlContext.Data.TrainTestSplit(data, 0.2, seed: seed).TestSet.GetColumn<string>("Species").Contains("blue") ? 0 : 1;
            kept += mlContext.Data.StratifiedTrainTestSplit(data, "Species", 0.2, seed: seed).TestSet
                .GetColumn<string>("Species").Count(species => species == "blue");
        }

        Assert.IsGreaterThan(0, lost);
        Assert.AreEqual(10, kept);
    }

    [TestMethod]
    public void ML_NETs_own_importance_is_by_slot()
    {
        IDataView data = mlContext.Data.LoadFromEnumerable(Colors.Rows(64));
        ITransformer model = mlContext.Transforms.Categorical.OneHotEncoding("Color")
            .Append(mlContext.Transforms.Concatenate("Features", "Color", "Size"))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(mlContext.SmallSal())
            .Fit(data);

        string[] slots = [.. mlContext.MulticlassClassification.PermutationFeatureImportance(model, model.Transform(data)).Keys];
        string[] columns = [.. mlContext.MulticlassClassification.PermutationFeatureImportanceByColumn(model, data).Keys];

        CollectionAssert.IsSubsetOf(new[] { "Color.red", "Color.green", "Size" }, slots);
        CollectionAssert.AreEquivalent(new[] { "Color", "Size" }, columns);
    }

    private static Row[] Rows(int count) =>
        [.. Blobs.Rows(count).Select(row => new Row { Features = row.Features, Species = row.Label })];

    private sealed class Row
    {
        [VectorType(Blobs.FeatureCount)]
        public float[] Features { get; set; } = [];

        public string Species { get; set; } = "";
    }

    public sealed class Prediction
    {
        public float[] Score { get; set; } = [];

        public TopClasses TopClasses { get; set; } = TopClasses.Empty;
    }
}
