using Microsoft.ML;

namespace Sweep;

/// <summary>Proposes pipelines for one trainer: first with the initial values of its search space, then with random ones.</summary>
internal sealed class SweptTrainer
{
    private readonly Func<bool, Candidate> _propose;
    private bool _isTried;

    private SweptTrainer(Func<bool, Candidate> propose) => _propose = propose;

    /// <summary>Gets or sets the time that the trainer's trials have taken so far.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>Creates a trainer from its search space.</summary>
    /// <param name="name">The trainer's name.</param>
    /// <param name="build">Builds the pipeline with the trainer from values of the search space.</param>
    public static SweptTrainer Create<TSpace>(string name, Func<MLContext, TSpace, CancellationToken, IEstimator<ITransformer>> build)
        where TSpace : class, new()
    {
        // Drawing once reveals an unsupported search space here, not hours later.
        RandomDraw.From<TSpace>(new Random(1));

        // One stream of random numbers per trainer: what it proposes does not depend on how fast the others are.
        var random = new Random(1);
        return new SweptTrainer(isTried =>
        {
            TSpace space = isTried ? RandomDraw.From<TSpace>(random) : new TSpace();
            return new Candidate(name, space, (mlContext, cancellationToken) => build(mlContext, space, cancellationToken));
        });
    }

    /// <summary>Proposes the next pipeline to try.</summary>
    public Candidate Propose()
    {
        Candidate candidate = _propose(_isTried);
        _isTried = true;
        return candidate;
    }
}
