using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML.Sal.Tests.Featurization;

/// <summary>The code of docs/tabular-features.md.</summary>
[TestClass]
public class TabularFeaturesPageTests
{
    private readonly MLContext mlContext = new(seed: 1); // named as on the page

    [TestMethod]
    public void The_code_on_the_page_is_in_this_file() =>
        PageCode.IsRun("tabular-features.md", nameof(TabularFeaturesPageTests), blocks: 3);

    [TestMethod]
    public void A_table_is_learned_from_with_three_lines()
    {
        IDataView data = mlContext.Data.LoadFromEnumerable(Rows());
        var pipeline = mlContext.Transforms.TabularFeatures(labelColumnName: "Species")
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label", "Species"))
            .Append(mlContext.MulticlassClassification.Trainers.Sal())
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        ITransformer model = pipeline.Fit(data);

        Assert.IsGreaterThan(0.9, mlContext.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy);
    }

    [TestMethod]
    public void The_options_on_the_page_decide_otherwise()
    {
        IDataView data = mlContext.Data.LoadFromEnumerable(Rows());
        TabularFeaturesEstimator estimator = mlContext.Transforms.TabularFeatures(new TabularFeaturesEstimator.Options
        {
            LabelColumnName = "Species",
            IgnoredColumnNames = ["Photographer"],
            CategoricalColumnNames = ["ZipCode"], // a number that is none
            NumericColumnNames = ["Id"],          // not left out, though it counts the rows
            TextColumnNames = ["Place"],
        });

        VBuffer<ReadOnlyMemory<char>> slots = default;
        estimator.Fit(data).Transform(data).Schema["Features"].GetSlotNames(ref slots);
        string[] names = [.. slots.DenseValues().Select(name => name.ToString())];
        CollectionAssert.IsSubsetOf(new[] { "Id", "Length", "ZipCode.1011", "Place.Word.lake" }, names);
        Assert.IsFalse(names.Any(name => name.StartsWith("Photographer", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_trainer_that_does_not_take_NaN_learns_with_means_and_indicators()
    {
        IDataView data = mlContext.Transforms.CopyColumns("Label", "Species").Fit(Data()).Transform(Data());
        IEstimator<ITransformer> pipeline = mlContext.Transforms.TabularFeatures(replaceMissingValues: true)
            .Append(mlContext.Transforms.NormalizeMeanVariance("Features"))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy());

        Assert.IsGreaterThan(0.9, mlContext.MulticlassClassification.Evaluate(pipeline.Fit(data).Transform(data)).MicroAccuracy);

        IDataView Data() => mlContext.Data.LoadFromEnumerable(Rows());
    }

    private static Bird[] Rows() =>
    [
        .. Enumerable.Range(0, 120).Select(i => new Bird
        {
            Id = i,
            Length = i % 10 == 9 ? float.NaN : 10 + 10 * (i % 3) + i % 7 / 10f,
            ZipCode = 1011 + i % 4,
            Place = i % 2 == 0 ? "by the lake" : "in the old wood",
            Photographer = i % 5 == 0 ? "Ann" : "Bob",
            Wings = ((string[])["short", "long", "broad"])[i % 9 == 8 ? 0 : i % 3],
            Species = ((string[])["robin", "swift", "heron"])[i % 3],
        }),
    ];

    private sealed class Bird
    {
        public int Id { get; set; }

        public float Length { get; set; }

        public int ZipCode { get; set; }

        public string Place { get; set; } = "";

        public string Photographer { get; set; } = "";

        public string Wings { get; set; } = "";

        public string Species { get; set; } = "";
    }
}
