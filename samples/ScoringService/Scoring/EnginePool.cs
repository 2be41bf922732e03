using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;
using Microsoft.ML.Data;
using ScoringService.Models;

namespace ScoringService.Scoring;

/// <summary>
/// Pools ML.NET's prediction engines, which are not thread-safe. They run some steps of a saved pipeline on the rows of requests.
/// </summary>
/// <typeparam name="TOutput">The columns to compute.</typeparam>
internal sealed class EnginePool<TOutput>
    where TOutput : class, new()
{
    private readonly ObjectPool<PredictionEngine<PipelineInput, TOutput>> _engines;

    /// <param name="mlContext">The context.</param>
    /// <param name="layout">The input columns of the pipeline.</param>
    /// <param name="steps">The steps to run.</param>
    /// <param name="output">The names of the columns to compute; null if they are those of the properties.</param>
    public EnginePool(MLContext mlContext, InputLayout layout, IEnumerable<ITransformer> steps, SchemaDefinition? output = null)
    {
        var chain = new TransformerChain<ITransformer>([new InputColumnsTransformer(layout), .. steps]);

        // The engines share the steps, and the pool disposes engines that it does not keep: that must not dispose the steps.
        var options = new PredictionEngineOptions { OutputSchemaDefinition = output, OwnsTransformer = false };
        _engines = new DefaultObjectPoolProvider().Create(new Creation(mlContext, chain, options));
    }

    /// <summary>Takes an engine from the pool.</summary>
    public PredictionEngine<PipelineInput, TOutput> Get() => _engines.Get();

    /// <summary>Gives an engine back.</summary>
    public void Return(PredictionEngine<PipelineInput, TOutput> engine) => _engines.Return(engine);

    private sealed class Creation(MLContext mlContext, ITransformer steps, PredictionEngineOptions options)
        : PooledObjectPolicy<PredictionEngine<PipelineInput, TOutput>>
    {
        public override PredictionEngine<PipelineInput, TOutput> Create() =>
            mlContext.Model.CreatePredictionEngine<PipelineInput, TOutput>(steps, options);

        public override bool Return(PredictionEngine<PipelineInput, TOutput> obj) => true;
    }
}
