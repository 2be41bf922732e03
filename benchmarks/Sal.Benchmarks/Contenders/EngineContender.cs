using Sal.Core.Training;

namespace Sal.Benchmarks.Contenders;

/// <summary>The engine with options that do not depend on the set.</summary>
internal sealed class EngineContender(string name, EngineRuns runs, Action<SalTrainingOptions> configure) : IContender
{
    public string Name => name;

    public string? Series { get; init; }

    public string? Obstacle => null;

    public Outcome Run(Trial trial, CancellationToken cancellationToken)
    {
        var options = new SalTrainingOptions { InputScaling = trial.Set.Scaling };
        configure(options);
        return runs.Run(trial, options, cancellationToken);
    }
}
