using Microsoft.ML.Data;
using Microsoft.ML.Sal.Tests.Estimator;

namespace Microsoft.ML.Sal.Tests.Scoring;

/// <summary>
/// ML.NET's evaluation compares the keys of the label with the places of the scores. Rows whose keys are others than the model's are
/// evaluated by name all the same.
/// </summary>
[TestClass]
public class EvaluationTests
{
    private static readonly string[] _order = ["red", "green", "blue"];

    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    [DataRow("blue", "green", "red")]
    [DataRow("green", "blue", "red")]
    public void A_loaded_model_is_evaluated_by_name_whatever_the_order_of_the_label(params string[] order)
    {
        ITransformer loaded = Load();
        MulticlassClassificationMetrics expected = Evaluate(loaded.Transform(View(_order)));
        List<string> warnings = _mlContext.Warnings();
        IDataView rows = View(order);

        MulticlassClassificationMetrics actual = Evaluate(loaded.Transform(rows));
        loaded.Transform(rows);

        Assert.AreEqual(1, expected.MicroAccuracy);
        Assert.AreEqual(expected.MicroAccuracy, actual.MicroAccuracy);
        Assert.AreEqual(expected.LogLoss, actual.LogLoss);
        Assert.AreEqual(expected.ConfusionMatrix.GetFormattedConfusionTable(), actual.ConfusionMatrix.GetFormattedConfusionTable());
        Assert.AreEqual(
            $"The classes of the label column 'Label' are '{order[0]}', '{order[1]}', '{order[2]}', but those of the model are 'red', "
            + "'green', 'blue'. The scored rows have the column with the keys of the model, so that an evaluation compares them by name.",
            warnings.Single());
    }

    [TestMethod]
    public void The_label_keeps_its_values_and_takes_the_keys_of_the_predicted_label()
    {
        IDataView rows = View(["green", "blue", "red"]);
        ITransformer loaded = Load();

        IDataView scored = loaded.Transform(rows);

        CollectionAssert.AreEqual(scored.GetColumn<uint>("PredictedLabel").ToArray(), scored.GetColumn<uint>("Label").ToArray());
        IDataView named = _mlContext.Transforms.Conversion.MapKeyToValue("Label").Fit(scored).Transform(scored);
        CollectionAssert.AreEqual(Blobs.Rows().Select(row => row.Label).ToArray(), named.GetColumn<string>("Label").ToArray());
        SchemaComparison.AreEqual(loaded.GetOutputSchema(rows.Schema), scored.Schema);
    }

    [TestMethod]
    public void Classes_that_the_model_does_not_know_count_as_errors()
    {
        List<string> warnings = _mlContext.Warnings();
        LabeledRow<string>[] rows = [.. Blobs.Rows()];
        foreach (LabeledRow<string> row in rows.Take(9))
        {
            row.Label = "yellow";
        }

        MulticlassClassificationMetrics metrics =
            Evaluate(Load().Transform(Blobs.View(_mlContext, rows, ["yellow", "red", "green", "blue"])));

        Assert.AreEqual(0.9, metrics.MicroAccuracy, 1e-9);
        Assert.AreEqual(
            "The classes of the label column 'Label' are 'yellow', 'red', 'green', 'blue', but those of the model are 'red', 'green', "
            + "'blue'. The scored rows have the column with the keys of the model, so that an evaluation compares them by name. It counts "
            + "rows of 'yellow' as errors, as the model does not know them.",
            warnings[0]);
    }

    [TestMethod]
    public void Rows_of_some_of_the_classes_are_evaluated_by_name()
    {
        IEnumerable<LabeledRow<string>> rows = Blobs.Rows().Where(row => row.Label != "red");

        MulticlassClassificationMetrics metrics = Evaluate(Load().Transform(Blobs.View(_mlContext, rows, ["blue", "green"])));

        Assert.AreEqual(1, metrics.MicroAccuracy);
    }

    [TestMethod]
    public void Rows_without_a_label_stay_without_one()
    {
        IEnumerable<LabeledRow<string>> rows = Blobs.Rows(90, i => i == 1 ? "" : Blobs.Name(i));

        IDataView scored = Load().Transform(Blobs.View(_mlContext, rows, ["blue", "green", "red"]));

        CollectionAssert.AreEqual(
            Blobs.Rows().Select(row => row.Label == "green" ? 0u : row.Label == "red" ? 1u : 3u).ToArray(),
            scored.GetColumn<uint>("Label").ToArray());
    }

    [TestMethod]
    public void Numbers_are_matched_too_with_text_that_reads_the_same()
    {
        ITransformer model = _mlContext.SmallSal().Fit(Blobs.View(_mlContext, Blobs.Rows(90, i => 1f + i)));
        IDataView numbers = Blobs.View(_mlContext, Blobs.Rows(90, i => 1f + i).Skip(1));
        IDataView texts = Blobs.View(_mlContext, Blobs.Rows(90, i => $"{1 + i}").Skip(1));

        Assert.AreEqual(1, Evaluate(model.Transform(numbers)).MicroAccuracy);
        Assert.AreEqual(1, Evaluate(model.Transform(texts)).MicroAccuracy);
        Assert.AreEqual(NumberDataViewType.Single, KeyValueType(model.Transform(numbers)));
    }

    [TestMethod]
    public void Keys_without_names_are_taken_in_order_with_one_warning()
    {
        List<string> warnings = _mlContext.Warnings();
        ITransformer loaded = Load();
        IDataView rows = Blobs.UnnamedView(_mlContext);

        loaded.Transform(rows);
        Assert.AreEqual(1, Evaluate(loaded.Transform(rows)).MicroAccuracy);

        Assert.AreEqual(
            "The classes of the label column 'Label' and those of the model cannot be compared, as the former have no names. They are "
            + "taken to be the same, in the same order.",
            warnings.Single());
    }

    [TestMethod]
    public void Rows_with_the_keys_of_the_model_are_passed_on_without_a_word()
    {
        List<string> warnings = _mlContext.Warnings();
        ITransformer loaded = Load();
        IDataView rows = View(_order);

        Assert.HasCount(rows.Schema.Count + 2, loaded.Transform(rows).Schema);
        loaded.Transform(Blobs.View(_mlContext, Blobs.Rows().Take(2)));
        loaded.Transform(_mlContext.Data.LoadFromEnumerable(Blobs.Rows()));
        ITransformer unnamed = _mlContext.SmallSal().Fit(Blobs.UnnamedView(_mlContext));
        unnamed.Transform(Blobs.UnnamedView(_mlContext));

        Assert.IsEmpty(warnings);
    }

    [TestMethod]
    public void Feature_importance_is_measured_by_name()
    {
        var trained = _mlContext.SmallSal().Fit(View(_order));

        var expected = _mlContext.MulticlassClassification.PermutationFeatureImportance(trained, View(_order));
        var actual = _mlContext.MulticlassClassification.PermutationFeatureImportance(trained, View(["blue", "green", "red"]));

        Assert.IsTrue(expected.Any(feature => feature.MicroAccuracy.Mean < -0.1));
        for (int i = 0; i < Blobs.FeatureCount; i++)
        {
            Assert.AreEqual(expected[i].MicroAccuracy.Mean, actual[i].MicroAccuracy.Mean, 0.1);
        }
    }

    [TestMethod]
    public void An_export_to_ONNX_with_such_rows_is_refused()
    {
        ITransformer model = _mlContext.SmallSal().Fit(View(_order));
        using var stream = new MemoryStream();

        Assert.AreEqual(
            "The model cannot be exported to ONNX with these rows. The classes of the label column 'Label' are 'blue', 'green', 'red', but "
            + "those of the model are 'red', 'green', 'blue'. Export it with rows whose label has the keys of the training rows, or that "
            + "have no label.",
            Refusal.Message(() => _mlContext.Model.ConvertToOnnx(model, View(["blue", "green", "red"]), stream)));
    }

    private static DataViewType KeyValueType(IDataView view) =>
        ((VectorDataViewType)view.Schema["Label"].Annotations.Schema["KeyValues"].Type).ItemType;

    private ITransformer Load()
    {
        IDataView data = View(_order);
        using var stream = new MemoryStream();
        _mlContext.Model.Save(_mlContext.SmallSal().Fit(data), data.Schema, stream);
        stream.Position = 0;
        return _mlContext.Model.Load(stream, out _);
    }

    private MulticlassClassificationMetrics Evaluate(IDataView scored) => _mlContext.MulticlassClassification.Evaluate(scored);

    private IDataView View(string[] order) => Blobs.View(_mlContext, Blobs.Rows(), order);
}
