using Microsoft.ML;

namespace ScoringService.Scoring;

/// <summary>Makes the scorer of a pipeline: Sal.Core's.</summary>
internal sealed class ScorerFactory
{
    /// <summary>What scores, as the models' description tells it.</summary>
    public const string Name = "Sal.Core";

    public IScorer Create(MLContext mlContext, SavedPipeline pipeline) =>
        pipeline.TakesFeatures ? new EngineScorer(pipeline.Model) : new PipelineScorer(mlContext, pipeline);
}
