using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML.Sal.Tests.Training;

/// <summary>Validation, early stopping and continued training through ML.NET.</summary>
[TestClass]
public class ValidationTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void A_validation_set_passed_to_Fit_and_one_in_the_options_give_the_same_model()
    {
        IDataView data = Blobs.View(_mlContext);
        IDataView validation = Blobs.View(_mlContext, Blobs.Rows(30, seed: 2));

        SalMulticlassModelParameters given = _mlContext.SmallSal().Fit(data, validation).Model;
        SalMulticlassModelParameters held = _mlContext.SmallSal(options => options.ValidationSet = validation).Fit(data).Model;

        CollectionAssert.AreEqual(given.ModelBytes(), held.ModelBytes());
        Assert.IsTrue(given.History.Epochs.All(epoch => epoch.ValidationLoss > 0 && epoch.ValidationAccuracy is >= 0 and <= 1));
    }

    [TestMethod]
    public void A_validation_set_in_the_options_survives_Append()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Blobs.Rows());
        IDataView validation = Blobs.View(_mlContext, Blobs.Rows(30, seed: 2));
        var pipeline = _mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(_mlContext.SmallSal(options => options.ValidationSet = validation));
        Assert.IsNotNull(pipeline.Fit(data).LastTransformer.Model.History.Epochs[0].ValidationLoss);
    }

    [TestMethod]
    public void Early_stopping_works_with_a_validation_fraction()
    {
        IDataView data = Blobs.View(_mlContext);
        SalMulticlassModelParameters model = _mlContext.SmallSal(options =>
            (options.NumberOfEpochs, options.NumberOfAreas, options.ValidationFraction, options.EarlyStoppingPatience,
                options.MinimumImprovement) = (50, 1, 0.2, 2, 100))
            .Fit(data).Model;
        Assert.HasCount(3, model.History.Epochs);
    }

    [TestMethod]
    public void A_validation_set_without_the_columns_is_refused_by_name()
    {
        IDataView data = Blobs.View(_mlContext);
        IDataView unlabeled = _mlContext.Data.LoadFromEnumerable(Blobs.Rows());
        Assert.Contains(
            "'Label'", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _mlContext.SmallSal().Fit(data, unlabeled)).Message);
    }

    [TestMethod]
    public void Patience_without_validation_rows_says_what_to_do() => Assert.Contains(
        "ValidationFraction",
        Assert.ThrowsExactly<InvalidOperationException>(
            () => _mlContext.SmallSal(options => options.EarlyStoppingPatience = 2).Fit(Blobs.View(_mlContext))).Message);

    [TestMethod]
    public void Continued_training_keeps_the_router_and_is_reproducible()
    {
        IDataView data = Blobs.View(_mlContext);
        SalMulticlassModelParameters start = _mlContext.SmallSal().Fit(data).Model;
        SalMulticlassModelParameters first = _mlContext.SmallSal().Fit(data, start).Model;
        SalMulticlassModelParameters second = _mlContext.SmallSal().Fit(data, start).Model;
        CollectionAssert.AreEqual(first.ModelBytes(), second.ModelBytes());
        CollectionAssert.AreEqual(start.GetAreas(data).ToArray(), first.GetAreas(data).ToArray());
        Assert.IsLessThan(start.History.Epochs[^1].TrainingLoss, first.History.Epochs[^1].TrainingLoss);

        InvalidOperationException error = Assert.ThrowsExactly<InvalidOperationException>(
            () => _mlContext.SmallSal(options => options.HiddenUnits = 17).Fit(data, start));
        Assert.Contains("HiddenUnits", error.Message);
    }

    [TestMethod]
    public void Unbalanced_sets_are_weighted_and_logged()
    {
        List<string> lines = [];
        _mlContext.Log += (_, line) => lines.Add(line.Message);
        IDataView data = Blobs.View(_mlContext, Blobs.Rows().Where((row, i) => row.Label != "blue" || i % 9 == 2).ToArray());
        _mlContext.SmallSal(options => options.UnbalancedSets = true).Fit(data);
        Assert.ContainsSingle(
            line => line.Contains("class weights 'red' 0.7778, 'green' 0.7778, 'blue' 2.333", StringComparison.Ordinal), lines);
    }
}
