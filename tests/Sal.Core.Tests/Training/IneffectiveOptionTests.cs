using System.Reflection;
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
        [
            "ThresholdsPerFeature",
            Set(o => (o.InputScaling, o.ThresholdsPerFeature) = (InputScaling.Common, 5)),
            "PerFeature has thresholds",
        ],
        [
            "ThresholdsPerFeature",
            Set(o => (o.InputScaling, o.InputClip, o.ThresholdsPerFeature) = (InputScaling.None, null, 0)),
            "PerFeature has thresholds",
        ],
        [
            "StepsPerFeature",
            Set(o => (o.InputScaling, o.StepsPerFeature) = (InputScaling.Common, 5)),
            "PerFeature has thresholds",
        ],
        ["MinimumImprovement", Set(o => o.MinimumImprovement = 0.1), "EarlyStoppingPatience is not set"],
        ["CheckpointIntervalSeconds", Set(o => o.CheckpointIntervalSeconds = 1), "CheckpointPath is not set"],
        ["Router", Set(o => (o.NumberOfAreas, o.Router) = (1, RouterKind.KMeans)), "one area"],
        ["RoutedLayers", Set(o => (o.NumberOfAreas, o.RoutedLayers) = (1, RoutedLayers.FirstOnly)), "one area"],
        ["AreaBatchSize", Set(o => (o.NumberOfAreas, o.AreaBatchSize) = (1, 8)), "one area"],
        ["SharedPhaseFraction", Set(o => (o.NumberOfAreas, o.SharedPhaseFraction) = (1, 0.1)), "one area"],
        ["FinalErrorShare", Set(o => (o.NumberOfLayers, o.FinalErrorShare) = (1, 0.1)), "the only layer is the final error"],
        ["Router", Set(o => o.Router = RouterKind.KMeans), "one area, as chosen for 90 rows; set NumberOfAreas"],
        ["AreaBatchSize", Set(o => o.AreaBatchSize = 8), "one area, as chosen for 90 rows; set NumberOfAreas"],
        ["AreaBatchSize", Set(o => (o.NumberOfAreas, o.RoutedLayers, o.AreaBatchSize) = (2, RoutedLayers.FirstOnly, 8)), "FirstOnly"],
        [
            "BatchSize",
            Set(o => (o.NumberOfAreas, o.SharedPhaseFraction, o.BatchSize, o.AreaBatchSize) = (2, 0, 8, 16)),
            "all epochs train areas, in mini-batches of AreaBatchSize",
        ],
        ["SharedPhaseFraction", Set(o => (o.NumberOfAreas, o.SharedPhaseFraction) = (2, 0.2)), "0.2 of 4 epochs is less than one epoch"],
        [
            "EarlyStoppingPatience",
            Set(o => (o.ValidationFraction, o.EarlyStoppingPatience) = (0.2, 4)),
            "no phase has more than 4 epochs",
        ],
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
    [DynamicData(nameof(Cases))]
    public void The_model_is_the_same_without_it(string name, Action<SalTrainingOptions> set, string reason)
    {
        SalTrainingOptions with = Options(set), without = Options(set);
        PropertyInfo option = typeof(SalTrainingOptions).GetProperty(name)!;
        option.SetValue(
            without, name == nameof(with.SharedPhaseFraction) ? 0 : option.GetValue(new SalTrainingOptions()));
        Assert.AreNotEqual(option.GetValue(without), option.GetValue(with), reason);
        if (with.Residual)
        {
            with.LabelSmoothing = without.LabelSmoothing = 0.1;
        }

        CollectionAssert.AreEqual(Scores(without), Scores(with));

        static float[] Scores(SalTrainingOptions options)
        {
            var scores = new float[3];
            new SalTrainer(options).Train(Rows(30)).Model.Predict([1, 40], scores);
            return scores;
        }
    }

    [TestMethod]
    public void What_an_option_without_effect_does_to_another_one_is_told()
    {
        const string Smoothing = "it only makes the automatic LabelSmoothing 0";
        Assert.Contains(Smoothing, Warnings(o => (o.NumberOfLayers, o.Residual) = (1, true)).Single());
        Assert.DoesNotContain(
            Smoothing, Warnings(o => (o.NumberOfLayers, o.Residual, o.LabelSmoothing) = (1, true, 0.05)).Single());
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
    public void A_model_to_continue_from_keeps_its_encoding()
    {
        string warning = Warnings(
            o => (o.InputClip, o.ThresholdsPerFeature, o.StepsPerFeature) = (3, 5, 5),
            start: new SalTrainer(Options(_ => { })).Train(Rows(3)).Model).Single();
        Assert.AreEqual(
            "Options without effect: InputClip, as the model that training continues from keeps its own; "
                + "ThresholdsPerFeature, as the model that training continues from keeps its own; "
                + "StepsPerFeature, as the model that training continues from keeps its own.",
            warning);
    }

    [TestMethod]
    public void A_model_of_one_area_that_training_continues_from_has_no_use_for_area_options() =>
        Assert.Contains(
            "AreaBatchSize, as there is one area in the model that training continues from",
            Warnings(o => o.AreaBatchSize = 8, start: new SalTrainer(Options(_ => { })).Train(Rows(3)).Model).Single());

    [TestMethod]
    public void More_areas_than_rows_are_named() =>
        Assert.Contains("NumberOfAreas above 9, as there are no more rows to divide", Warnings(o => o.NumberOfAreas = 17).Single());

    [TestMethod]
    public void A_checkpoint_that_the_time_budget_precedes_is_named()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("checkpoint");
        Assert.Contains(
            "CheckpointPath, as a run that TimeBudgetSeconds ends is over before CheckpointIntervalSeconds have passed",
            Warnings(o => (o.CheckpointPath, o.TimeBudgetSeconds) = (path, 30)).Single());
        Assert.IsEmpty(Warnings(o => (o.CheckpointPath, o.TimeBudgetSeconds, o.CheckpointIntervalSeconds) = (path, 30, 10)));
    }

    [TestMethod]
    public void Areas_that_the_time_budget_prevents_are_named() =>
        Assert.Contains(
            "The model has one area instead of 2: TimeBudgetSeconds ended training after 0 of 4 epochs, before the rows were divided.",
            Warnings(o => (o.NumberOfAreas, o.SharedPhaseFraction, o.TimeBudgetSeconds) = (2, 0.5, 1e-9)).Single());

    [TestMethod]
    public void Weights_that_unbalanced_sets_make_up_for_are_named()
    {
        Assert.Contains("the example weights, as they are the same for all rows of a class", Warned(row => row % 3 + 1).Single());
        Assert.IsEmpty(Warned(row => row % 5 + 1));
        Assert.IsEmpty(Warned(_ => 2));

        static List<string> Warned(Func<int, float> weight) => Warnings(o => o.UnbalancedSets = true, Rows(9, weight));
    }

    [TestMethod]
    public void Raw_features_that_are_cut_off_are_named()
    {
        string warning = Warnings(o => o.InputScaling = InputScaling.None, Rows(30)).Single();

        Assert.StartsWith("InputScaling is None, but InputClip is 4, and ", warning);
        Assert.Contains("% of the values other than 0 in the first 90 rows lie beyond it", warning);
        Assert.IsEmpty(Warnings(o => (o.InputScaling, o.InputClip) = (InputScaling.None, null), Rows(30)));
    }

    [TestMethod]
    public void Outliers_among_features_that_were_scaled_beforehand_are_not_named()
    {
        var builder = new TrainingSetBuilder(1, 2);
        for (int row = 0; row < 50; row++)
        {
            builder.TryAdd([row == 0 ? 7 : -1 / 7f], row % 2); // mean 0, variance 1
        }

        Assert.IsEmpty(Warnings(o => o.InputScaling = InputScaling.None, builder.Build()));
    }

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
        Assert.IsEmpty(Warnings(o => (o.NumberOfAreas, o.SharedPhaseFraction, o.AreaBatchSize, o.BatchSize) = (2, 0.5, 8, 16), Rows(30)));
        Assert.IsEmpty(Warnings(o => (o.NumberOfAreas, o.RoutedLayers, o.Router) = (2, RoutedLayers.FirstOnly, RouterKind.KMeans)));
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
        var options = new SalTrainingOptions { HiddenUnits = 4, NumberOfLayers = 2, NumberOfEpochs = 4 };
        set(options);
        return options;
    }

    private static Action<SalTrainingOptions> Set(Action<SalTrainingOptions> set) => set;

    private static TrainingSet Rows(int perClass, Func<int, float>? weight = null)
    {
        var builder = new TrainingSetBuilder(2, 3);
        for (int row = 0; row < perClass * 3; row++)
        {
            builder.TryAdd([row % 3, row], row % 3, weight?.Invoke(row) ?? 1);
        }

        return builder.Build();
    }
}
