using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;
using Microsoft.ML.Data;
using Sal.Core.Model;
using ScoringService.Models;

namespace ScoringService.Scoring;

/// <summary>Scores whole pipelines with ML.NET's prediction engines. They come from a pool, because an engine serves one thread at a time.</summary>
internal sealed class EnginePoolScorer : IScorer
{
    private readonly ObjectPool<PredictionEngine<PipelineInput, Prediction>> _engines;
    private readonly SalModel _model;

    public EnginePoolScorer(MLContext mlContext, SavedPipeline pipeline)
    {
        _model = pipeline.Model;
        var steps = new TransformerChain<ITransformer>(
            [new InputColumnsTransformer(pipeline.Layout), .. pipeline.Steps, FeatureCopy.Of(mlContext, pipeline.FeatureColumnName, pipeline.Model.FeatureCount)]);
        _engines = new DefaultObjectPoolProvider().Create(new EngineCreation(mlContext, steps));
        _engines.Return(_engines.Get()); // a pipeline that does not fit together is found at loading
    }

    public string Name => "PredictionEngine";

    public void Score(InputRows rows, Span<float> probabilities, Span<int> areas)
    {
        PredictionEngine<PipelineInput, Prediction> engine = _engines.Get();
        try
        {
            var prediction = new Prediction();
            for (int row = 0; row < rows.Count; row++)
            {
                engine.Predict(rows.ToPipelineInput(row), ref prediction);
                prediction.Score.CopyTo(probabilities.Slice(row * _model.ClassCount, _model.ClassCount));
                areas[row] = _model.GetArea(prediction.Features);
            }
        }
        finally
        {
            _engines.Return(engine);
        }
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];

        [ColumnName(FeatureCopy.Column)]
        public float[] Features { get; set; } = [];
    }

    private sealed class EngineCreation(MLContext mlContext, ITransformer steps) : PooledObjectPolicy<PredictionEngine<PipelineInput, Prediction>>
    {
        public override PredictionEngine<PipelineInput, Prediction> Create() => mlContext.Model.CreatePredictionEngine<PipelineInput, Prediction>(steps);

        public override bool Return(PredictionEngine<PipelineInput, Prediction> obj) => true;
    }
}
