using Microsoft.Extensions.ML;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.ML;
using Microsoft.ML.Data;
using Sal.Core.Model;
using ScoringService.Models;

namespace ScoringService.Scoring;

/// <summary>The whole pipeline in prediction engines of ML.NET, from a pool: an engine serves one thread at a time.</summary>
internal sealed class EnginePoolScorer : IScorer
{
    private readonly PredictionEnginePool<PipelineInput, Prediction> _pool;
    private readonly SalModel _model;

    public EnginePoolScorer(IServiceProvider services, MLContext mlContext, SavedPipeline pipeline)
    {
        _model = pipeline.Model;
        var steps = new TransformerChain<ITransformer>(
            [new InputColumnsTransformer(pipeline.Layout), .. pipeline.Steps, FeatureCopy.Of(mlContext, pipeline.FeatureColumnName, pipeline.Model.FeatureCount)]);
        var configure = new ConfigureNamedOptions<PredictionEnginePoolOptions<PipelineInput, Prediction>>("", options => options.ModelLoader = new LoadedModelLoader(steps));
        var factory = new OptionsFactory<PredictionEnginePoolOptions<PipelineInput, Prediction>>([configure], []);
        _pool = new PredictionEnginePool<PipelineInput, Prediction>(services, services.GetRequiredService<IOptions<MLOptions>>(), factory);
        _pool.ReturnPredictionEngine(_pool.GetPredictionEngine()); // a pipeline that does not fit together is found at loading
    }

    public void Score(InputRows rows, Span<float> probabilities, Span<int> areas)
    {
        PredictionEngine<PipelineInput, Prediction> engine = _pool.GetPredictionEngine();
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
            _pool.ReturnPredictionEngine(engine);
        }
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];

        [ColumnName(FeatureCopy.Column)]
        public float[] Features { get; set; } = [];
    }

    /// <summary>A model that never changes: another version comes with another pool.</summary>
    private sealed class LoadedModelLoader(ITransformer model) : ModelLoader
    {
        private readonly CancellationChangeToken _never = new(CancellationToken.None);

        public override ITransformer GetModel() => model;

        public override IChangeToken GetReloadToken() => _never;
    }
}
