using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pipelines.Tests;

/// <summary>The data that the sample ships is what its README describes.</summary>
[TestClass]
public class DataTests
{
    private readonly MLContext _mlContext = new();

    [TestMethod]
    public void Strikes_have_15_operators_and_2253_unknown_speeds()
    {
        IDataView strikes = TabularPipeline.Load(_mlContext);
        float[] speeds = [.. strikes.GetColumn<float>("Speed")];
        Assert.HasCount(8_553, speeds);
        Assert.AreEqual(2_253, speeds.Count(float.IsNaN));
        Assert.AreEqual(15, strikes.GetColumn<string>("Operator").Distinct().Count());
        foreach (string category in new[] { "Airport", "Aircraft", "Phase", "Size", "TimeOfDay" })
        {
            Assert.IsTrue(strikes.GetColumn<string>(category).All(value => value.Length > 0), category);
        }
    }

    [TestMethod]
    public void Without_MissingRealsAsNaNs_an_empty_number_is_0()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "data", "strikes.csv");
        IDataView speeds = _mlContext.Data.LoadFromTextFile(
            path, [new TextLoader.Column("Speed", DataKind.Single, 1)], separatorChar: ',', hasHeader: true);
        Assert.IsGreaterThanOrEqualTo(2_253, speeds.GetColumn<float>("Speed").Count(speed => speed == 0));
    }

    [TestMethod]
    public void One_hot_vectors_are_sparse()
    {
        IDataView strikes = TabularPipeline.Load(_mlContext);
        IDataView encoded = _mlContext.Transforms.Categorical.OneHotEncoding("A", "Airport")
            .Append(_mlContext.Transforms.Categorical.OneHotHashEncoding("B", "Airport")).Fit(strikes).Transform(strikes);
        foreach (string column in new[] { "A", "B" })
        {
            Assert.IsTrue(encoded.GetColumn<VBuffer<float>>(column).Take(100).All(vector => vector.GetValues().Length == 1), column);
        }
    }

    [TestMethod]
    public void A_missing_speed_stays_NaN()
    {
        IDataView strikes = TabularPipeline.Load(_mlContext);
        float[] speeds = [.. strikes.GetColumn<float>("Speed")];
        float[][] features = [.. TabularPipeline.Transforms(_mlContext).Fit(strikes).Transform(strikes).GetColumn<float[]>("Features")];
        foreach ((float speed, float[] row) in speeds.Zip(features))
        {
            Assert.AreEqual(speed, row[0]);
            Assert.AreEqual(5, row[3..].Sum()); // one indicator per category
        }
    }

    [TestMethod]
    public void Definitions_are_distinct_and_have_20_categories()
    {
        IDataView definitions = TextPipeline.Load(_mlContext);
        string[] texts = [.. definitions.GetColumn<string>("Text")];
        Assert.HasCount(15_958, texts);
        Assert.AreEqual(texts.Length, texts.Distinct().Count());
        Assert.IsTrue(texts.All(text => text.Length > 0));
        int[] rows = [.. definitions.GetColumn<string>("Category").CountBy(category => category).Select(category => category.Value)];
        Assert.HasCount(20, rows);
        Assert.IsGreaterThanOrEqualTo(758, rows.Min());
    }

    [TestMethod]
    public void Digits_have_10_classes()
    {
        int[] digits = [.. ImagePipeline.Load(_mlContext).GetColumn<int>("Label")];
        Assert.HasCount(1_797, digits);
        Assert.AreEqual(10, digits.Distinct().Count());
    }
}
