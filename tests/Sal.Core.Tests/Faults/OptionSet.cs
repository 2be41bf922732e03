using System.Globalization;
using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Core.Tests.Faults;

/// <summary>How far an option's value is from usual settings.</summary>
internal enum Extremity
{
    /// <summary>Training must give a model.</summary>
    Usual,

    /// <summary>In range, but training may diverge.</summary>
    Extreme,

    /// <summary>Out of range.</summary>
    Wrong,
}

/// <summary>An option and a value for it.</summary>
internal sealed record Setting(string Option, object? Value, Extremity Extremity)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Option} = {Value ?? "null"}");
}

/// <summary>Randomly drawn settings, each option at most once, and the number of the tiny training set to use them on.</summary>
internal sealed record OptionSet(IReadOnlyList<Setting> Settings, int Rows)
{
    private static readonly Setting[][] Choices =
    [
        Choice(nameof(SalTrainingOptions.NumberOfAreas), [null, 1, 2, 3, 17], [], [0, -1, 65_537, int.MinValue]),
        Choice(nameof(SalTrainingOptions.HiddenUnits), [1, 7, 16, 33], [], [0, -5, 65_537, int.MaxValue]),
        Choice(nameof(SalTrainingOptions.NumberOfLayers), [1, 2, 5], [], [0, 1_025, int.MinValue]),
        Choice(nameof(SalTrainingOptions.NumberOfEpochs), [1, 2, 3], [], [0, -1, 1_000_001]),
        Choice(
            nameof(SalTrainingOptions.LearningRate),
            [1e-30, 1e-3, 0.01],
            [(double)float.Epsilon, 1.0, 1e3, 1e30, 3e38],
            [0.0, -1e-3, double.NaN, double.PositiveInfinity, 1e39]),
        Choice(nameof(SalTrainingOptions.BatchSize), [null, 1, 8, 65_536], [], [0, 65_537]),
        Choice(nameof(SalTrainingOptions.AreaBatchSize), [null, 1, 3, 65_536], [], [0, int.MaxValue]),
        Choice(nameof(SalTrainingOptions.SharedPhaseFraction), [0.0, 0.3, 0.5, 0.999999], [], [1.0, -0.1, double.NaN]),
        Choice(nameof(SalTrainingOptions.DropoutRate), [0.0, 1e-12, 0.1, 0.5], [0.99, 0.9999999999], [1.0, -0.1, double.NaN]),
        Choice(nameof(SalTrainingOptions.FinalErrorShare), [0.0, 0.5, 1.0], [], [-0.001, 1.001, double.NaN]),
        Choice(nameof(SalTrainingOptions.LabelSmoothing), [0.0, 0.1, 0.999], [], [1.0, -0.1, double.NaN]),
        Choice(
            nameof(SalTrainingOptions.Rule),
            [LearningRule.Local, LearningRule.DirectFeedback, LearningRule.Backpropagation],
            [],
            [(LearningRule)3, (LearningRule)(-1)]),
        Choice(nameof(SalTrainingOptions.Feedback), [FeedbackKind.Aligned, FeedbackKind.Fixed], [], [(FeedbackKind)2]),
        Choice(
            nameof(SalTrainingOptions.FeedbackDeviation),
            [null, 0.01, 1.0],
            [1e-40, 1e20, 3e38],
            [0.0, -1.0, double.NaN, double.PositiveInfinity]),
        Choice(
            nameof(SalTrainingOptions.Router),
            [RouterKind.BalancedKMeans, RouterKind.KMeans, RouterKind.RandomHyperplanes],
            [],
            [(RouterKind)9]),
        Choice(nameof(SalTrainingOptions.RoutedLayers), [RoutedLayers.All, RoutedLayers.FirstOnly], [], [(RoutedLayers)2]),
        Choice(nameof(SalTrainingOptions.Activation), [ActivationKind.ReLU, ActivationKind.Tanh], [], [(ActivationKind)2]),
        Choice(nameof(SalTrainingOptions.Residual), [false, true], [], []),
        Choice(
            nameof(SalTrainingOptions.Optimizer),
            [OptimizerKind.AdamW, OptimizerKind.Sgd, OptimizerKind.SgdMomentum],
            [],
            [(OptimizerKind)3]),
        Choice(nameof(SalTrainingOptions.Momentum), [0.0, 0.9], [0.9999999999], [1.0, -0.5, double.NaN]),
        Choice(nameof(SalTrainingOptions.WeightDecay), [0.0, 1e-4, 10.0], [], [-1e-9, 10.1, double.NaN]),
        Choice(
            nameof(SalTrainingOptions.Schedule),
            [LearningRateSchedule.Cosine, LearningRateSchedule.Constant],
            [],
            [(LearningRateSchedule)2]),
        Choice(
            nameof(SalTrainingOptions.InputScaling),
            [InputScaling.PerFeature, InputScaling.Common, InputScaling.None],
            [],
            [(InputScaling)3]),
        Choice(
            nameof(SalTrainingOptions.InputClip),
            [null, 1e-3, 4.0],
            [(double)float.Epsilon, 3e38],
            [1e-50, 0.0, -1.0, double.NaN, double.PositiveInfinity]),
        Choice(nameof(SalTrainingOptions.SelectionFraction), [0.0, 0.2, 0.5], [], [-0.1, 0.51, double.NaN]),
        Choice(nameof(SalTrainingOptions.ThresholdsPerFeature), [null, 0, 1, 5, 1_024], [], [-1, 1_025, int.MaxValue]),
        Choice(nameof(SalTrainingOptions.StepsPerFeature), [null, 0, 1, 16, 1_024], [], [-1, 1_025, int.MaxValue]),
        Choice(nameof(SalTrainingOptions.UnbalancedSets), [false, true], [], []),
        Choice(nameof(SalTrainingOptions.ValidationFraction), [0.0, 1e-9, 0.3, 0.9], [], [-0.1, 0.91, double.NaN]),
        Choice(nameof(SalTrainingOptions.EarlyStoppingPatience), [null, 1, 1_000_000], [], [0, 1_000_001]),
        Choice(nameof(SalTrainingOptions.MinimumImprovement), [0.0, 1e-9, 1_000.0], [], [-1e-9, 1_001.0, double.NaN]),
        Choice(nameof(SalTrainingOptions.TimeBudgetSeconds), [null, 1e9], [], [0.0, -1.0, double.NaN, double.PositiveInfinity]),
        Choice(nameof(SalTrainingOptions.KeepModelOnCancellation), [false, true], [], []),
        Choice(nameof(SalTrainingOptions.NumberOfThreads), [1, 2, 3], [], [0, 1_025]),
        Choice(nameof(SalTrainingOptions.CheckpointPath), [null], [], ["", " ", "folder/"]), // for valid paths see ResumeTests
        Choice(nameof(SalTrainingOptions.CheckpointIntervalSeconds), [0.0, 60.0], [], [-1.0, 1_000_001.0, double.NaN]),
        Choice(nameof(SalTrainingOptions.Resume), [false], [], []),
        Choice(nameof(SalTrainingOptions.Seed), [0, -1, int.MaxValue, int.MinValue], [], []),
    ];

    /// <summary>Gets the names of all options.</summary>
    public static IEnumerable<string> Options => Choices.Select(choice => choice[0].Option);

    /// <summary>Gets mostly usual values. A failing set is reduced by removing settings as long as it still fails.</summary>
    public static Arbitrary<OptionSet> Arbitrary { get; } = Arb.From(
        Gen.CollectToSequence(Choices, ChooseOne).SelectMany(settings => Gen.Choose(0, TinySets.Count - 1)
            .Select(rows => new OptionSet([.. settings.OfType<Setting>()], rows))),
        set => set.Settings.Select(left => set with { Settings = [.. set.Settings.Where(setting => setting != left)] }));

    public bool Has(Extremity extremity) => Settings.Any(setting => setting.Extremity == extremity);

    public SalTrainingOptions Create()
    {
        var options = new SalTrainingOptions { HiddenUnits = 8, NumberOfLayers = 2, NumberOfEpochs = 2 };
        foreach (Setting setting in Settings)
        {
            typeof(SalTrainingOptions)
                .GetProperty(setting.Option, BindingFlags.Public | BindingFlags.Instance)!.SetValue(options, setting.Value);
        }

        return options;
    }

    public override string ToString() => $"rows {Rows}: {string.Join(", ", Settings)}";

    private static Setting[] Choice(string option, object?[] usual, object?[] extreme, object?[] wrong) =>
    [
        .. usual.Select(value => new Setting(option, value, Extremity.Usual)),
        .. extreme.Select(value => new Setting(option, value, Extremity.Extreme)),
        .. wrong.Select(value => new Setting(option, value, Extremity.Wrong)),
    ];

    // Of 200 draws of an option, 100 leave it unset, 6 are extreme and 1 is wrong.
    private static Gen<Setting?> ChooseOne(Setting[] choice)
    {
        Setting[] usual = Of(Extremity.Usual), extreme = Of(Extremity.Extreme), wrong = Of(Extremity.Wrong);
        return Gen.Frequency(
            (100, Gen.Constant<Setting?>(null)),
            (93, Gen.Elements<Setting?>(usual)),
            (6, Gen.Elements<Setting?>(extreme.Length > 0 ? extreme : usual)),
            (1, Gen.Elements<Setting?>(wrong.Length > 0 ? wrong : usual)));

        Setting[] Of(Extremity extremity) => [.. choice.Where(setting => setting.Extremity == extremity)];
    }
}
