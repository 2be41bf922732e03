using Microsoft.ML;

namespace ScoringService.Scoring;

/// <summary>Creates the scorer of a pipeline: the engine itself where the features are the input, else a pool of ML.NET's prediction engines.</summary>
internal static class ScorerFactory
{
    public static IScorer Create(MLContext mlContext, SavedPipeline pipeline) =>
        pipeline.TakesFeatures ? new EngineScorer(pipeline.Model) : new EnginePoolScorer(mlContext, pipeline);
}
