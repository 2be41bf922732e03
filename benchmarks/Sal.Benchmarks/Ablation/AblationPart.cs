using Sal.Benchmarks.Contenders;

namespace Sal.Benchmarks.Ablation;

/// <summary>A part of the ablations: contenders that differ in one thing.</summary>
/// <param name="Name">The name that <c>--part</c> picks it by.</param>
/// <param name="Title">What it compares.</param>
/// <param name="Contenders">Creates its contenders.</param>
/// <param name="Note">The options that all of them change.</param>
internal sealed record AblationPart(string Name, string Title, Func<EngineRuns, IReadOnlyList<IContender>> Contenders, string? Note = null)
{
    private const string EqualCost = "NumberOfLayers=2;NumberOfEpochs=20;LearningRate=0.003;SharedPhaseFraction=0.3;DropoutRate=0";

    /// <summary>Gets all parts.</summary>
    public static IReadOnlyList<AblationPart> All { get; } =
    [
        Of(
            "router",
            "How the router is learned, beside one area",
            "Router=BalancedKMeans", "Router=KMeans", "Router=RandomHyperplanes", "NumberOfAreas=1"),
        Of(
            "shared-phase",
            "The share of the epochs before the partition",
            "SharedPhaseFraction=0", "SharedPhaseFraction=0.2", "SharedPhaseFraction=0.4", "SharedPhaseFraction=0.6"),
        new("areas", "The number of areas at the same active cost", EqualCosts, $"All with `{EqualCost}`."),
        Of("routed-layers", "Which layers are split into areas", "RoutedLayers=All", "RoutedLayers=FirstOnly"),
        Of(
            "feedback",
            "How errors reach hidden layers",
            "Feedback=Aligned", "Feedback=Fixed", "Rule=DirectFeedback", "Rule=Backpropagation"),
        Of(
            "final-error",
            "The share of the final error in what hidden units learn from",
            "FinalErrorShare=0", "FinalErrorShare=0.5", "FinalErrorShare=1"),
        Of(
            "label-smoothing",
            "The share of a label that is spread over all classes",
            "LabelSmoothing=0", "LabelSmoothing=0.05", "LabelSmoothing=0.1", "LabelSmoothing=0.2"),
        Of("area-batch", "Rows of an area's mini-batch", "AreaBatchSize=16", "AreaBatchSize=32", "AreaBatchSize=64", "AreaBatchSize=128"),
    ];

    private static AblationPart Of(string name, string title, params string[] changes) =>
        new(name, title, runs => [.. changes.Select(change => new EngineContender(change, runs, OptionText.Parse(change)))]);

    private static IReadOnlyList<IContender> EqualCosts(EngineRuns runs) =>
    [
        .. from areas in (int[])[1, 4, 16, 64]
           from width in (int[])[32, 64, 128]
           let options = $"HiddenUnits={width};NumberOfAreas={areas};{EqualCost}"
           select new EngineContender($"width {width}, {Areas(areas)}", runs, OptionText.Parse(options)) { Series = Areas(areas) },
        .. from width in (int[])[32, 64, 128]
           let options = $"HiddenUnits={width};NumberOfAreas=1;Rule=Backpropagation;{EqualCost}"
           select new EngineContender($"width {width}, backprop", runs, OptionText.Parse(options)) { Series = "backprop, 1 area" },
    ];

    private static string Areas(int count) => count == 1 ? "1 area" : $"{count} areas";
}
