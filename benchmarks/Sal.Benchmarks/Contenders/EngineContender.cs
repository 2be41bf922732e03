using Sal.Core.Training;

namespace Sal.Benchmarks.Contenders;

/// <summary>The engine with some options changed, and all others at their defaults.</summary>
internal sealed class EngineContender(string name, EngineRuns runs, Action<SalTrainingOptions> configure) : IContender
{
    public string Name => name;

    public string? Series { get; init; }

    /// <summary>Gets whether to standardize features as suits the set, instead of by the default.</summary>
    public bool IsScaledAsSet { get; init; }

    public string? Obstacle => null;

    public Outcome Run(Trial trial, CancellationToken cancellationToken)
    {
        var options = new SalTrainingOptions();
        if (IsScaledAsSet)
        {
            options.InputScaling = trial.Set.Scaling;
        }

        configure(options);
        return runs.Run(trial, options, cancellationToken);
    }
}
