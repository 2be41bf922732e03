using Microsoft.ML;
using Microsoft.ML.Data;
using ScoringService.Models;

namespace ScoringService.Scoring;

/// <summary>Computes features with the steps of a saved pipeline before SAL. The class is thread-safe.</summary>
internal sealed class FeaturePipeline
{
    private readonly EnginePool<PipelineOutput> _engines;

    public FeaturePipeline(MLContext mlContext, SavedPipeline pipeline)
    {
        SchemaDefinition output = SchemaDefinition.Create(typeof(PipelineOutput));
        output[nameof(PipelineOutput.Features)].ColumnName = pipeline.FeatureColumnName;
        _engines = new EnginePool<PipelineOutput>(mlContext, pipeline.Layout, pipeline.StepsBeforeSal, output);
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
}
