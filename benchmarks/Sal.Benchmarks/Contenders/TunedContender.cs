using Sal.Benchmarks.Data;
using Sal.Core.Training;

namespace Sal.Benchmarks.Contenders;

/// <summary>
/// The engine with its learning rate picked for each set: by the mean cross-entropy on a fifth of the training rows of the first seed, then
/// trained on all of them. The test rows have no part in it.
/// </summary>
internal sealed class TunedContender(string name, EngineRuns runs, Action<SalTrainingOptions> configure) : IContender
{
    private const double ValidationShare = 0.2;

    private static readonly double[] LearningRates = [3e-4, 1e-3, 3e-3];

    private readonly Dictionary<string, double> _picked = [];

    public string Name => name;

    public string? Obstacle => null;

    public Outcome Run(Trial trial, CancellationToken cancellationToken)
    {
        var options = new SalTrainingOptions { InputScaling = trial.Set.Scaling };
        configure(options);
        if (!_picked.TryGetValue(trial.Set.Name, out double learningRate))
        {
            _picked[trial.Set.Name] = learningRate = Pick(trial, options, cancellationToken);
        }

        options.LearningRate = learningRate;
        return runs.Run(trial, options, cancellationToken);
    }

    private static double Pick(Trial trial, SalTrainingOptions options, CancellationToken cancellationToken)
    {
        RowSplit heldOut = RowSplit.Stratified(trial.Split.Training, trial.Set.Rows.Label, ValidationShare, trial.Seed);
        return LearningRates.MinBy(learningRate =>
        {
            SalTrainingOptions candidate = options.Clone();
            (candidate.LearningRate, candidate.Seed) = (learningRate, trial.Seed);
            return EngineRuns.ValidationLoss(trial.Set.Rows, heldOut, candidate, cancellationToken);
        });
    }
}
