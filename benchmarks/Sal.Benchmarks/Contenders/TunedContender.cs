using Sal.Benchmarks.Data;
using Sal.Core.Training;

namespace Sal.Benchmarks.Contenders;

/// <summary>
/// The engine with a learning rate picked per set: the one with the lowest mean cross-entropy on held-out fifths of the training rows of
/// the first three seeds (of the first seed, for sets of 30,000 rows and more). It then trains on all training rows. If every seed has a
/// split of its own, the rate is picked on rows that other seeds test on, for all tuned contenders alike.
/// </summary>
internal sealed class TunedContender(string name, EngineRuns runs, Action<SalTrainingOptions> configure) : IContender
{
    /// <summary>Gets the learning rates to pick from.</summary>
    public static IReadOnlyList<double> LearningRates { get; } = [5e-4, 1e-3, 2e-3, 4e-3];

    private const int ManyRows = 30_000;

    private const double ValidationShare = 0.2;

    private readonly Dictionary<string, double> _picked = [];

    /// <summary>Gets the number of splits on which to try each learning rate.</summary>
    public static int Splits(BenchmarkSet set) => set.Rows.Count < ManyRows ? 3 : 1;

    public string Name => name;

    public string? Obstacle => null;

    public Outcome Run(Trial trial, CancellationToken cancellationToken)
    {
        var options = new SalTrainingOptions();
        configure(options);
        if (!_picked.TryGetValue(trial.Set.Name, out double learningRate))
        {
            _picked[trial.Set.Name] = learningRate = Pick(trial.Set, options, cancellationToken);
        }

        options.LearningRate = learningRate;
        return runs.Run(trial, options, cancellationToken);
    }

    // Single-threaded trainings side by side keep the processors busier than one after another, and give the same models.
    private static double Pick(BenchmarkSet set, SalTrainingOptions options, CancellationToken cancellationToken)
    {
        int splits = Splits(set);
        var losses = new double[LearningRates.Count, splits];
        var parallel = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, losses.Length, parallel, trial =>
        {
            (int rate, int seed) = Math.DivRem(trial, splits);
            RowSplit heldOut = RowSplit.Stratified(set.Split(seed).Training, set.Rows.Label, ValidationShare, seed);
            SalTrainingOptions candidate = options.Clone();
            (candidate.LearningRate, candidate.Seed, candidate.NumberOfThreads) = (LearningRates[rate], seed, 1);
            losses[rate, seed] = EngineRuns.ValidationLoss(set.Rows, heldOut, candidate, cancellationToken);
        });
        return LearningRates[Enumerable.Range(0, LearningRates.Count).MinBy(Loss)];

        double Loss(int rate) => Enumerable.Range(0, splits).Sum(seed => losses[rate, seed]);
    }
}
