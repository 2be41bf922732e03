using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Core.Tests.Training;

/// <summary>An option that was set but does nothing is named, once, with the reason.</summary>
[TestClass]
public class IneffectiveOptionTests
{
    public static IEnumerable<object[]> Cases =>
    [
        ["Momentum", Set(o => o.Momentum = 0.5), "SgdMomentum"],
        ["Feedback", Set(o => (o.Rule, o.Feedback) = (LearningRule.DirectFeedback, FeedbackKind.Fixed)), "Local"],
        ["FinalErrorShare", Set(o => (o.Rule, o.FinalErrorShare) = (LearningRule.Backpropagation, 0.1)), "Local"],
        ["FeedbackDeviation", Set(o => (o.Rule, o.FeedbackDeviation) = (LearningRule.Backpropagation, 0.1)), "no feedback"],
        ["Residual", Set(o => (o.NumberOfLayers, o.Residual) = (1, true)), "no layer after the first"],
        ["MinimumImprovement", Set(o => o.MinimumImprovement = 0.1), "EarlyStoppingPatience is not set"],
        ["CheckpointIntervalSeconds", Set(o => o.CheckpointIntervalSeconds = 1), "CheckpointPath is not set"],
        ["Router", Set(o => (o.NumberOfAreas, o.Router) = (1, RouterKind.KMeans)), "one area"],
        ["RoutedLayers", Set(o => (o.NumberOfAreas, o.RoutedLayers) = (1, RoutedLayers.FirstOnly)), "one area"],
        ["AreaBatchSize", Set(o => (o.NumberOfAreas, o.AreaBatchSize) = (1, 8)), "one area"],
        ["SharedPhaseFraction", Set(o => (o.NumberOfAreas, o.SharedPhaseFraction) = (1, 0.1)), "one area"],
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void It_is_named_with_the_reason(string name, Action<SalTrainingOptions> set, string reason)
    {
        string warning = Warnings(set, Rows(30)).Single();

        Assert.StartsWith($"Options without effect: {name}, as ", warning);
        Assert.Contains(reason, warning);
    }

    [TestMethod]
    public void Several_are_one_warning() => Assert.AreEqual(
        "Options without effect: Momentum, as only SgdMomentum has it; MinimumImprovement, as EarlyStoppingPatience is not set.",
        Warnings(o => (o.Momentum, o.MinimumImprovement) = (0.5, 0.1)).Single());

    [TestMethod]
    public void Validation_rows_that_are_given_take_the_place_of_a_fraction() =>
        Assert.Contains(
            "ValidationFraction, as validation rows were given",
            Warnings(o => o.ValidationFraction = 0.2, validation: Rows(3)).Single());

    [TestMethod]
    public void A_model_to_continue_from_keeps_its_transform() =>
        Assert.Contains(
            "InputClip, as the model",
            Warnings(o => o.InputClip = 3, start: new SalTrainer(Options(_ => { })).Train(Rows(3)).Model).Single());

    [TestMethod]
    public void A_fraction_that_holds_out_no_row_is_named() =>
        Assert.Contains(
            "ValidationFraction is 0.1, but no class has the 10 rows of which one is held out",
            Warnings(o => o.ValidationFraction = 0.1, Rows(9)).Single());

    [TestMethod]
    public void Early_stopping_without_a_row_held_out_says_why()
    {
        string message = Assert.ThrowsExactly<InvalidOperationException>(
            () => Warnings(o => (o.ValidationFraction, o.EarlyStoppingPatience) = (0.1, 3), Rows(9))).Message;

        Assert.Contains("no class has the 10 rows", message);
        Assert.DoesNotContain("set ValidationFraction", message);
    }

    [TestMethod]
    public void Options_that_act_are_not_named()
    {
        Assert.IsEmpty(Warnings(_ => { }, Rows(30)));
        Assert.IsEmpty(Warnings(o => (o.Optimizer, o.Momentum, o.LearningRate) = (OptimizerKind.SgdMomentum, 0.5, 0.01), Rows(30)));
        Assert.IsEmpty(Warnings(o => (o.ValidationFraction, o.EarlyStoppingPatience, o.MinimumImprovement) = (0.2, 2, 0.01), Rows(30)));
    }

    private static List<string> Warnings(
        Action<SalTrainingOptions> set,
        TrainingSet? rows = null,
        TrainingSet? validation = null,
        SalModel? start = null)
    {
        var warnings = new List<string>();
        new SalTrainer(Options(set)).Train(rows ?? Rows(3), validation, start, new TestObserver { Warned = warnings.Add });
        return warnings;
    }

    private static SalTrainingOptions Options(Action<SalTrainingOptions> set)
    {
        var options = new SalTrainingOptions { HiddenUnits = 4, NumberOfLayers = 2, NumberOfEpochs = 1 };
        set(options);
        return options;
    }

    private static Action<SalTrainingOptions> Set(Action<SalTrainingOptions> set) => set;

    private static TrainingSet Rows(int perClass)
    {
        var builder = new TrainingSetBuilder(2, 3);
        for (int row = 0; row < perClass * 3; row++)
        {
            builder.TryAdd([row % 3, row], row % 3);
        }

        return builder.Build();
    }
}
