using Microsoft.ML;

namespace ScoringService.Scoring;

/// <summary>Makes the scorer of a pipeline: a pool of ML.NET's prediction engines.</summary>
internal sealed class ScorerFactory(IServiceProvider services)
{
    /// <summary>What scores, as the models' description tells it.</summary>
    public const string Name = "PredictionEnginePool";

    // A pool of its own for each version of a model. A pool that follows a file itself could be given back engines of the version before, and would go on scoring with them.
    public IScorer Create(MLContext mlContext, SavedPipeline pipeline) => new EnginePoolScorer(services, mlContext, pipeline);
}
