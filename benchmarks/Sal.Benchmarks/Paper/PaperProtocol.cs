using Sal.Benchmarks.Contenders;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Benchmarks.Paper;

/// <summary>
/// The protocol of arXiv 2601.21561: two fully connected layers of 256 ReLU units, areas in the first, plain SGD, learning rate 1e-4, batch
/// 16, 25 epochs. The contenders named "to its end" are the same network trained by backpropagation as a practitioner would train it:
/// AdamW, learning rate 1e-3 with cosine, batch 64, 30 epochs.
/// </summary>
internal static class PaperProtocol
{
    /// <summary>
    /// The standard deviation of the feedback. With plain SGD it sets the step of the hidden layers. The abstract does not give it; 4 did
    /// best among 0.1 / sqrt(256), 1 and 4.
    /// </summary>
    public const double FeedbackDeviation = 4;

    /// <summary>Gets the published accuracies in percent, of backpropagation and of SAL with 16 areas.</summary>
    public static IReadOnlyDictionary<string, (double Backprop, double Sal16)> Published { get; } = new Dictionary<string, (double, double)>
    {
        ["cifar10-grey"] = (30.81, 36.60),
        ["mnist"] = (90.64, 94.71),
        ["digits"] = (38.53, 71.63),
        ["semeion"] = (35.16, 72.03),
    };

    /// <summary>Creates SAL and backpropagation by the protocol, with 1, 4 and 16 areas, and backpropagation to its end.</summary>
    public static IReadOnlyList<IContender> Areas(EngineRuns runs) =>
    [
        .. Pair(runs, 1),
        .. Pair(runs, 4),
        .. Pair(runs, 16),
        Contender("backprop to its end", runs, o => ToTheEnd(o, hiddenUnits: 256)),
    ];

    /// <summary>Creates contenders with wider layers, by the protocol, with one area and with four.</summary>
    public static IReadOnlyList<IContender> Widths(EngineRuns runs, IEnumerable<int> widths) =>
    [
        .. widths.SelectMany(width => (IContender[])
        [
            Contender($"sal, 1 area, width {width}", runs, o => Protocol(o, areas: 1, LearningRule.Local, width), "sal, 1 area"),
            Contender($"sal, 4 areas, width {width}", runs, o => Protocol(o, areas: 4, LearningRule.Local, width), "sal, 4 areas"),
            Contender($"backprop to its end, width {width}", runs, o => ToTheEnd(o, width), "backprop to its end"),
        ]),
    ];

    /// <summary>
    /// Creates deep networks with tanh and residual connections: AdamW, learning rate 1e-3, batch 16, 20 epochs, one area.
    /// </summary>
    public static IReadOnlyList<IContender> Depths(EngineRuns runs, IEnumerable<int> depths, int width) =>
    [
        .. depths.SelectMany(depth => (IContender[])
        [
            Contender($"sal, {depth} layers", runs, o => Deep(o, depth, width, LearningRule.Local), "sal"),
            Contender($"backprop, {depth} layers", runs, o => Deep(o, depth, width, LearningRule.Backpropagation), "backprop"),
        ]),
    ];

    private static IEnumerable<IContender> Pair(EngineRuns runs, int areas)
    {
        yield return Contender($"sal, n_areas {areas}", runs, o => Protocol(o, areas, LearningRule.Local, 256));
        yield return Contender($"backprop, n_areas {areas}", runs, o => Protocol(o, areas, LearningRule.Backpropagation, 256));
    }

    // Scales features as suits the set, unlike the defaults.
    private static EngineContender Contender(string name, EngineRuns runs, Action<SalTrainingOptions> configure, string? series = null) =>
        new(name, runs, configure) { Series = series, IsScaledAsSet = true };

    private static void Protocol(SalTrainingOptions options, int areas, LearningRule rule, int hiddenUnits)
    {
        (options.NumberOfAreas, options.Rule, options.HiddenUnits, options.NumberOfLayers) = (areas, rule, hiddenUnits, 2);
        (options.RoutedLayers, options.SharedPhaseFraction) = (RoutedLayers.FirstOnly, 0);
        (options.DropoutRate, options.FinalErrorShare) = (0, 0);
        (options.Optimizer, options.LearningRate, options.Schedule) = (OptimizerKind.Sgd, 1e-4, LearningRateSchedule.Constant);
        (options.BatchSize, options.NumberOfEpochs, options.FeedbackDeviation, options.LabelSmoothing) = (16, 25, FeedbackDeviation, 0);
    }

    private static void ToTheEnd(SalTrainingOptions options, int hiddenUnits)
    {
        (options.NumberOfAreas, options.Rule) = (1, LearningRule.Backpropagation);
        (options.HiddenUnits, options.NumberOfLayers, options.DropoutRate) = (hiddenUnits, 2, 0);
        (options.LearningRate, options.BatchSize, options.NumberOfEpochs) = (1e-3, 64, 30);
    }

    private static void Deep(SalTrainingOptions options, int depth, int width, LearningRule rule)
    {
        (options.NumberOfAreas, options.Rule, options.HiddenUnits, options.NumberOfLayers) = (1, rule, width, depth);
        (options.Activation, options.Residual) = (ActivationKind.Tanh, true);
        (options.LearningRate, options.BatchSize, options.NumberOfEpochs) = (1e-3, 16, 20);
    }
}
