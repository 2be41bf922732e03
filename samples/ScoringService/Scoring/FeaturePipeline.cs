using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;
using Microsoft.ML.Data;
using ScoringService.Models;

namespace ScoringService.Scoring;

/// <summary>
/// Computes features with ML.NET's prediction engines. They come from a pool, because an engine is not thread-safe.
/// </summary>
internal sealed class FeaturePipeline
{
    private readonly ObjectPool<PredictionEngine<PipelineInput, PipelineOutput>> _engines;

    public FeaturePipeline(MLContext mlContext, SavedPipeline pipeline)
    {
        SchemaDefinition output = SchemaDefinition.Create(typeof(PipelineOutput));
        output[nameof(PipelineOutput.Features)].ColumnName = pipeline.FeatureColumnName;
        var steps = new TransformerChain<ITransformer>([new InputColumnsTransformer(pipeline.Layout), .. pipeline.StepsBeforeSal]);

        // The engines share the steps, and the pool disposes engines that it does not keep: that must not dispose the steps.
        var options = new PredictionEngineOptions { OutputSchemaDefinition = output, OwnsTransformer = false };
        _engines = new DefaultObjectPoolProvider().Create(new EngineCreation(mlContext, steps, options));
    }

    /// <summary>Computes the features of some rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="start">The first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="features">Receives the features, row after row.</param>
    public void Run(RequestRows rows, int start, int count, Span<float> features)
    {
        PredictionEngine<PipelineInput, PipelineOutput> engine = _engines.Get();
        try
        {
            var output = new PipelineOutput();
            int featureCount = features.Length / count;
            for (int i = 0; i < count; i++)
            {
                engine.Predict(PipelineInput.From(rows, start + i), ref output);
                output.Features.CopyTo(features.Slice(i * featureCount, featureCount));
            }
        }
        finally
        {
            _engines.Return(engine);
        }
    }

    private sealed class PipelineOutput
    {
        public VBuffer<float> Features { get; set; }
    }

    private sealed class EngineCreation(MLContext mlContext, ITransformer steps, PredictionEngineOptions options)
        : PooledObjectPolicy<PredictionEngine<PipelineInput, PipelineOutput>>
    {
        public override PredictionEngine<PipelineInput, PipelineOutput> Create() =>
            mlContext.Model.CreatePredictionEngine<PipelineInput, PipelineOutput>(steps, options);

        public override bool Return(PredictionEngine<PipelineInput, PipelineOutput> obj) => true;
    }
}
