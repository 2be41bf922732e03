using Sal.Core.Training;

namespace Sal.Benchmarks.Contenders;

/// <summary>
/// Creates contenders by name. One that is not listed is written as <c>sal:Option=Value;Option=Value</c>, or <c>label=sal:...</c> to name
/// it.
/// </summary>
internal static class ContenderList
{
    /// <summary>Gets the names of the listed contenders.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "sal-default", "sal-tuned", "sal-k1", "sal-k8", "sal-k16",
        "backprop", "backprop-smoothed", "backprop-k8", "direct-feedback", "local-fixed",
        "mlp-sklearn", "histgb-sklearn", "xgboost", .. MLNetTrainer.Peers.Select(MLNetContender.NameOf),
    ];

    /// <summary>Creates a contender.</summary>
    /// <exception cref="ArgumentException">There is no such contender.</exception>
    public static IContender Create(string name, EngineRuns runs)
    {
        int options = name.IndexOf("sal:", StringComparison.Ordinal);
        if (options >= 0)
        {
            string label = options > 1 ? name[..(options - 1)] : name;
            return new EngineContender(label, runs, OptionText.Parse(name[(options + 4)..]));
        }

        return name switch
        {
            "sal-default" => new EngineContender(name, runs, _ => { }),
            "sal-tuned" => new TunedContender(name, runs, _ => { }),
            "sal-k1" => new EngineContender(name, runs, o => o.NumberOfAreas = 1),
            "sal-k8" => new EngineContender(name, runs, o => o.NumberOfAreas = 8),
            "sal-k16" => new EngineContender(name, runs, o => o.NumberOfAreas = 16),
            "backprop" => Backpropagation(areas: 1),
            "backprop-smoothed" => Backpropagation(areas: 1, labelSmoothing: 0.05),
            "backprop-k8" => Backpropagation(areas: 8),
            "direct-feedback" => new EngineContender(name, runs, o => o.Rule = LearningRule.DirectFeedback),
            "local-fixed" => new EngineContender(name, runs, o => o.Feedback = FeedbackKind.Fixed),
            "mlp-sklearn" or "histgb-sklearn" or "xgboost" => new PythonContender(name),
            _ when MLNetTrainer.Peers.FirstOrDefault(peer => MLNetContender.NameOf(peer) == name) is { } trainer =>
                new MLNetContender(trainer),
            _ => throw new ArgumentException(
                $"There is no contender '{name}'. The contenders are {string.Join(", ", All)}, and sal:Option=Value;... ."),
        };

        TunedContender Backpropagation(int areas, double labelSmoothing = 0) => new(name, runs, o =>
            (o.Rule, o.NumberOfAreas, o.LabelSmoothing) = (LearningRule.Backpropagation, areas, labelSmoothing));
    }
}
