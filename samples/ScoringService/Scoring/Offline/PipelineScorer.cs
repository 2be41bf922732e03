using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;
using ScoringService.Models;

namespace ScoringService.Scoring;

/// <summary>The pipeline's own steps make the features, and Sal.Core scores them.</summary>
internal sealed class PipelineScorer : IScorer
{
    private readonly SavedPipeline _pipeline;
    private readonly MLContext _mlContext;
    private readonly ITransformer _steps;
    private readonly ConcurrentBag<PredictionEngine<PipelineInput, Features>> _engines = []; // an engine serves one thread at a time

    public PipelineScorer(MLContext mlContext, SavedPipeline pipeline)
    {
        _mlContext = mlContext;
        _pipeline = pipeline;
        _steps = new TransformerChain<ITransformer>(
            [new InputColumnsTransformer(pipeline.Layout), .. pipeline.StepsBeforeSal, FeatureCopy.Of(mlContext, pipeline.FeatureColumnName, pipeline.Model.FeatureCount)]);
        _engines.Add(CreateEngine()); // a pipeline that does not fit together is found at loading
    }

    public void Score(InputRows rows, Span<float> probabilities, Span<int> areas)
    {
        PredictionEngine<PipelineInput, Features> engine = _engines.TryTake(out PredictionEngine<PipelineInput, Features>? pooled) ? pooled : CreateEngine();
        int classCount = _pipeline.Model.ClassCount;
        var features = new Features();
        for (int row = 0; row < rows.Count; row++)
        {
            engine.Predict(rows.ToPipelineInput(row), ref features);
            _pipeline.Model.Predict(features.Values, probabilities.Slice(row * classCount, classCount), out areas[row]);
        }

        _engines.Add(engine);
    }

    private PredictionEngine<PipelineInput, Features> CreateEngine() => _mlContext.Model.CreatePredictionEngine<PipelineInput, Features>(_steps);

    private sealed class Features
    {
        [ColumnName(FeatureCopy.Column)]
        public float[] Values { get; set; } = [];
    }
}
