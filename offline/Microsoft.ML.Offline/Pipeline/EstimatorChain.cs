using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Steps fitted one after the other, each to what the ones before it make of the data.</summary>
public sealed class EstimatorChain<TLastTransformer> : IEstimator<TransformerChain<TLastTransformer>>
    where TLastTransformer : class, ITransformer
{
    private readonly ChainStep[] steps;

    public EstimatorChain()
        : this([])
    {
    }

    private EstimatorChain(ChainStep[] steps)
    {
        this.steps = steps;
        LastEstimator = steps.LastOrDefault().Estimator as IEstimator<TLastTransformer>;
    }

    public readonly IEstimator<TLastTransformer> LastEstimator;

    public TransformerChain<TLastTransformer> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);

        // Checks the whole chain before the first, perhaps long, fit.
        GetOutputSchema(SchemaShape.Create(input.Schema));
        var data = input;
        var fitted = new ITransformer[steps.Length];
        for (var i = 0; i < steps.Length; i++)
        {
            fitted[i] = steps[i].Estimator.Fit(data);
            if (i + 1 < steps.Length)
            {
                data = fitted[i].Transform(data);
                data = steps[i].CacheAfter ? new CachedView(data) : data;
            }
        }

        return new TransformerChain<TLastTransformer>(fitted, steps.Select(step => step.Scope));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        steps.Aggregate(inputSchema, (shape, step) => step.Estimator.GetOutputSchema(shape));

    public EstimatorChain<TNewTrans> Append<TNewTrans>(IEstimator<TNewTrans> estimator, TransformerScope scope = TransformerScope.Everything)
        where TNewTrans : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(estimator);
        return new EstimatorChain<TNewTrans>([.. steps, new ChainStep(estimator, scope, false)]);
    }

    /// <summary>Keeps the data at this point in memory, so that the steps after it do not compute it anew at every pass.</summary>
    public EstimatorChain<TLastTransformer> AppendCacheCheckpoint(IHostEnvironment env)
    {
        ArgumentNullException.ThrowIfNull(env);
        return steps.Length == 0 ? this : new EstimatorChain<TLastTransformer>([.. steps[..^1], steps[^1] with { CacheAfter = true }]);
    }
}

internal readonly record struct ChainStep(IEstimator<ITransformer> Estimator, TransformerScope Scope, bool CacheAfter);
