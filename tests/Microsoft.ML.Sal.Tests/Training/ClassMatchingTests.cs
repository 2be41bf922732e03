using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;

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

        SalMulticlassPredictionTransformer model =
            _mlContext.SmallSal(options => (options.NumberOfEpochs, options.LearningRate) = (1, 1e-6)).Fit(other, start);

        CollectionAssert.AreEqual(new[] { "blue", "green", "red" }, model.Model.ClassNames!.ToArray());
        AssertNamesAreRight(model, other);
    }

    [TestMethod]
    public void Continuing_with_the_same_order_changes_nothing()
    {
        IDataView data = View(["red", "green", "blue"]);
        SalMulticlassModelParameters start = _mlContext.SmallSal().Fit(data).Model;
        List<string> warnings = _mlContext.Warnings();

        _mlContext.SmallSal().Fit(data, start);

        Assert.IsEmpty(warnings);
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
        List<string> warnings = _mlContext.Warnings();

        _mlContext.SmallSal().Fit(Blobs.UnnamedView(_mlContext), start);

        Assert.AreEqual(
            "The classes of the label column 'Label' and those of the model to continue from cannot be compared, as the former have no "
            + "names. They are taken to be the same, in the same order.",
            warnings.Single());
    }

    [TestMethod]
    public void Validation_keys_without_names_are_taken_in_order_with_a_warning()
    {
        List<string> warnings = _mlContext.Warnings();

        _mlContext.SmallSal().Fit(View(["red", "green", "blue"]), Blobs.UnnamedView(_mlContext));

        Assert.AreEqual(
            "The classes of the label column 'Label' of the validation set and those of the training set cannot be compared, as the "
            + "former have no names. They are taken to be the same, in the same order.",
            warnings.Single());
    }

    [TestMethod]
    public void Different_numbers_of_classes_are_refused_with_both_lists()
    {
        SalMulticlassModelParameters start = _mlContext.SmallSal().Fit(View(["red", "green", "blue", "white"])).Model;

        Assert.AreEqual(
            "The classes of the label column 'Label' are 3 without names, but those of the model to continue from are 'red', 'green', "
            + "'blue', 'white'. They must be the same, in whatever order. Map the labels of both with the same key values, or train a new "
            + "model.",
            Refusal.Message(() => _mlContext.SmallSal().Fit(Blobs.UnnamedView(_mlContext), start)));
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
            "the label column 'Label' of the validation set are 'red', 'green', 'yellow', "
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

    private IDataView View(string[] order, Func<string, string>? rename = null, int seed = 1) =>
        Blobs.View(_mlContext, Blobs.Rows(90, i => (rename ?? (name => name))(Blobs.Name(i)), seed), order);

    private void AssertNamesAreRight(ITransformer model, IDataView data)
    {
        IDataView scored = _mlContext.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel")
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("Expected", "Label"))
            .Fit(model.Transform(data))
            .Transform(model.Transform(data));
        CollectionAssert.AreEqual(scored.GetColumn<string>("Expected").ToArray(), scored.GetColumn<string>("Name").ToArray());
    }
}
