namespace Sal.Benchmarks.Contenders;

/// <summary>One of ML.NET's own multiclass trainers, which only the package has.</summary>
internal sealed class MLNetContender(string name) : IContender
{
    public string Name => name;

    public string? Obstacle => "this build has no Microsoft.ML package, only the stand-in for it";

    public Outcome Run(Trial trial, CancellationToken cancellationToken) => throw new InvalidOperationException($"{name} cannot run: {Obstacle}.");
}
