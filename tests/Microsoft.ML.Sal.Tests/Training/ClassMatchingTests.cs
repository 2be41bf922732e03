using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers.Sal;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Sal.Tests.Training;

/// <summary>Classes are matched by name wherever two sets of them meet: the same key may mean different classes.</summary>
[TestClass]
public class ClassMatchingTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void Continuing_with_labels_in_another_order_keeps_the_names_right()
    {
        SalMulticlassModelParameters start = _mlContext.SmallSal().Fit(View(["red", "green", "blue"])).Model;
        IDataView other = View(["blue", "green", "red"]);

        MulticlassPredictionTransformer<SalMulticlassModelParameters> model =
            _mlContext.SmallSal(options => (options.NumberOfEpochs, options.LearningRate) = (1, 1e-6)).Fit(other, start);

        CollectionAssert.AreEqual(new[] { "blue", "green", "red" }, model.Model.ClassNames!.ToArray());
        AssertNamesAreRight(model, other);
    }

    [TestMethod]
    public void Continuing_with_the_same_order_changes_nothing()
    {
        IDataView data = View(["red", "green", "blue"]);
        SalMulticlassModelParameters start = _mlContext.SmallSal().Fit(data).Model;
        var lines = new List<string>();
        _mlContext.Log += (_, line) =>
        {
            if (line.Kind == ChannelMessageKind.Warning)
            {
                lines.Add(line.Message);
            }
        };

        _mlContext.SmallSal().Fit(data, start);

        Assert.IsEmpty(lines);
    }

    [TestMethod]
    public void Continuing_with_another_class_is_refused_with_both_lists()
    {
        SalMulticlassModelParameters start = _mlContext.SmallSal().Fit(View(["red", "green", "blue"])).Model;
        IDataView renamed = View(["yellow", "green", "blue"], name => name == "red" ? "yellow" : name);

        InvalidOperationException error = Assert.ThrowsExactly<InvalidOperationException>(() => _mlContext.SmallSal().Fit(renamed, start));

        Assert.AreEqual(
            "The classes of the label column 'Label' are 'yellow', 'green', 'blue', "
            + "but those of the model to continue from are 'red', 'green', 'blue'. "
            + "They must be the same, in whatever order. Map the labels of both with the same key values, or train a new model.",
            error.Message);
    }

    [TestMethod]
    public void Keys_without_names_are_taken_in_order_with_a_warning()
    {
        SalMulticlassModelParameters start = _mlContext.SmallSal().Fit(View(["red", "green", "blue"])).Model;
        var definition = SchemaDefinition.Create(typeof(KeyRow));
        definition["Label"].ColumnType = new KeyDataViewType(typeof(uint), 3);
        IDataView nameless = _mlContext.Data.LoadFromEnumerable(
            Blobs.Rows(90, i => (uint)i).Select(row => new KeyRow { Features = row.Features, Label = row.Label }), definition);
        var lines = new List<string>();
        _mlContext.Log += (_, line) =>
        {
            if (line.Kind == ChannelMessageKind.Warning)
            {
                lines.Add(line.Message);
            }
        };

        _mlContext.SmallSal().Fit(nameless, start);

        Assert.Contains("cannot be compared, as the column's keys have no names", lines.Single());
    }

    [TestMethod]
    public void A_validation_set_with_labels_in_another_order_validates_the_same()
    {
        IDataView data = View(["red", "green", "blue"]);
        SalMulticlassModelParameters expected = _mlContext.SmallSal().Fit(data, View(["red", "green", "blue"], seed: 2)).Model;
        SalMulticlassModelParameters actual = _mlContext.SmallSal().Fit(data, View(["green", "blue", "red"], seed: 2)).Model;

        CollectionAssert.AreEqual(expected.ModelBytes(), actual.ModelBytes());
        CollectionAssert.AreEqual(
            expected.History.Epochs.Select(epoch => epoch.ValidationLoss).ToArray(),
            actual.History.Epochs.Select(epoch => epoch.ValidationLoss).ToArray());
    }

    [TestMethod]
    public void A_validation_set_of_other_classes_is_refused_with_both_lists()
    {
        InvalidOperationException error = Assert.ThrowsExactly<InvalidOperationException>(
            () => _mlContext.SmallSal().Fit(
                View(["red", "green", "blue"]),
                View(["red", "green", "yellow"], name => name == "blue" ? "yellow" : name)));

        Assert.Contains(
            "the validation set's label column 'Label' are 'red', 'green', 'yellow', "
            + "but those of the training set are 'red', 'green', 'blue'",
            error.Message);
    }

    [TestMethod]
    public void A_checkpoint_of_renamed_classes_is_refused()
    {
        using var folder = new TemporaryFolder();
        void Fit(IDataView data) => _mlContext
            .SmallSal(options => (options.CheckpointPath, options.Resume) = (folder.File("run"), true))
            .Fit(data);
        Fit(View(["red", "green", "blue"]));

        InvalidOperationException error = Assert.ThrowsExactly<InvalidOperationException>(
            () => Fit(View(["yellow", "green", "blue"], name => name == "red" ? "yellow" : name)));

        Assert.Contains("classes: red, green, blue in the checkpoint, yellow, green, blue now", error.Message);
    }

    private IDataView View(string[] order, Func<string, string>? rename = null, int seed = 1)
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Blobs.Rows(90, i => (rename ?? (name => name))(Blobs.Name(i)), seed));
        IDataView keys = _mlContext.Data.LoadFromEnumerable(order.Select(name => new ClassName { Name = name }));
        return _mlContext.Transforms.Conversion
            .MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence, keyData: keys)
            .Fit(rows)
            .Transform(rows);
    }

    private void AssertNamesAreRight(ITransformer model, IDataView data)
    {
        IDataView scored = _mlContext.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel")
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("Expected", "Label"))
            .Fit(model.Transform(data))
            .Transform(model.Transform(data));
        CollectionAssert.AreEqual(scored.GetColumn<string>("Expected").ToArray(), scored.GetColumn<string>("Name").ToArray());
    }

    private sealed class ClassName
    {
        public string Name { get; set; } = "";
    }

    private sealed class KeyRow
    {
        [VectorType(Blobs.FeatureCount)]
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }
    }
}
