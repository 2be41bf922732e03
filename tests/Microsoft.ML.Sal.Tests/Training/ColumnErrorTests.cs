using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML.Sal.Tests.Training;

/// <summary>The error for an unsuitable column names it and says what is wrong and what to do.</summary>
[TestClass]
public class ColumnErrorTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void A_missing_label_column_is_an_error() => AssertMismatch(
        Blobs.View(_mlContext), options => options.LabelColumnName = "Species", "'Species'", "LabelColumnName", "'Features'");

    [TestMethod]
    [DataRow("text")]
    [DataRow("number")]
    public void A_label_that_is_not_a_key_is_an_error(string kind)
    {
        IDataView data = kind == "text"
            ? _mlContext.Data.LoadFromEnumerable(Blobs.Rows())
            : _mlContext.Data.LoadFromEnumerable(Blobs.Rows(90, i => (float)i));

        AssertMismatch(data, null, "'Label'", "needs a key", "MapValueToKey(\"Label\")");
    }

    [TestMethod]
    public void A_missing_feature_column_is_an_error() =>
        AssertMismatch(
            Blobs.View(_mlContext),
            options => options.FeatureColumnName = "Pixels",
            "'Pixels'",
            "FeatureColumnName",
            "Concatenate",
            "'Label'");

    [TestMethod]
    public void Of_many_columns_the_first_are_named()
    {
        IDataView data = Enumerable.Range(0, 25).Aggregate(
            Blobs.View(_mlContext), (rows, index) => _mlContext.Transforms.CopyColumns($"Copy {index}", "Label").Fit(rows).Transform(rows));

        AssertMismatch(data, options => options.FeatureColumnName = "Pixels", "The data has 'Features', ", "'Copy 16' and ");
    }

    [TestMethod]
    public void Features_of_the_wrong_type_are_an_error()
    {
        IDataView data = View<double>([1, 2], NumberDataViewType.Double, 2);

        AssertMismatch(data, null, "'Features'", "a vector of Double", "ConvertType");
    }

    [TestMethod]
    public void Features_in_a_single_value_are_an_error() =>
        AssertMismatch(
            Blobs.View(_mlContext),
            options => options.FeatureColumnName = "Weight",
            "'Weight'",
            "a single value",
            "Concatenate(\"Features\", \"Weight\")");

    [TestMethod]
    [DataRow(0)]
    [DataRow(null)]
    public void Features_of_unknown_size_or_size_0_are_an_error(int? size)
    {
        IDataView data = View<float>([], NumberDataViewType.Single, size);

        AssertMismatch(data, null, "'Features'", "unknown size or of size 0", "VectorType");
    }

    [TestMethod]
    public void A_missing_weight_column_is_an_error() =>
        AssertMismatch(
            Blobs.View(_mlContext), options => options.ExampleWeightColumnName = "Importance", "'Importance'", "ExampleWeightColumnName");

    [TestMethod]
    public void Weights_of_the_wrong_type_are_an_error() =>
        AssertMismatch(
            Blobs.View(_mlContext), options => options.ExampleWeightColumnName = "Label", "'Label'", "a key over UInt32", "ConvertType");

    [TestMethod]
    public void Scoring_the_wrong_number_of_features_is_an_error()
    {
        ITransformer model = _mlContext.SmallSal().Fit(Blobs.View(_mlContext));
        IDataView data = View<float>([1, 2], NumberDataViewType.Single, 2);

        Exception error = Assert.Throws<Exception>(() => model.Transform(data));

        Assert.Contains("'Features'", error.Message);
        Assert.Contains($"{Blobs.FeatureCount}", error.Message);
    }

    private IDataView View<TItem>(TItem[] features, PrimitiveDataViewType itemType, int? size)
    {
        var schema = SchemaDefinition.Create(typeof(AnyFeatures<TItem>));
        schema["Features"].ColumnType = size is { } known ? new VectorDataViewType(itemType, known) : new VectorDataViewType(itemType);
        AnyFeatures<TItem>[] rows = [new() { Features = features, Label = "a" }, new() { Features = features, Label = "b" }];
        IDataView data = _mlContext.Data.LoadFromEnumerable(rows, schema);
        return _mlContext.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
    }

    private void AssertMismatch(IDataView data, Action<SalMulticlassTrainer.Options>? change, params string[] parts)
    {
        SalMulticlassTrainer trainer = _mlContext.SmallSal(change);
        AssertParts(Refusal.Message(() => trainer.Fit(data)), parts);

        // The same holds within a chain, which sees the trainer only through its interface.
        AssertParts(Refusal.Message(() => _mlContext.Transforms.CopyColumns("Copy", "Label").Append(trainer).Fit(data)), parts);
    }

    private static void AssertParts(string message, string[] parts)
    {
        foreach (string part in parts)
        {
            Assert.Contains(part, message);
        }
    }

    private sealed class AnyFeatures<TItem>
    {
        public TItem[] Features { get; set; } = [];

        public string Label { get; set; } = "";
    }
}
