using System.Buffers;
using Microsoft.ML;
using Sal.Core.Model;
using ScoringService.Models;

namespace ScoringService.Scoring;

/// <summary>
/// Scores rows with a saved pipeline: its steps compute the features, and SAL's engine scores many rows at once, which is several times as
/// fast as row by row. If the features are the input, no step is run. The class is thread-safe.
/// </summary>
internal sealed class PipelineScorer(MLContext mlContext, SavedPipeline pipeline)
{
    // Limits the memory for wide features, such as hashed words.
    private const int MaximumBlockLength = 1 << 20;

    private readonly SalModel _model = pipeline.Model;
    private readonly FeaturePipeline? _steps = pipeline.FeaturesAreInput ? null : new FeaturePipeline(mlContext, pipeline);

    /// <summary>Scores rows.</summary>
    public Predictions Score(RequestRows rows)
    {
        float[] probabilities = new float[checked(rows.Count * _model.ClassCount)];
        int[] areas = new int[rows.Count];
        if (_steps is null)
        {
            Score(rows.Singles, probabilities, areas);
        }
        else
        {
            ComputeFeaturesAndScore(_steps, rows, probabilities, areas);
        }

        return new Predictions(probabilities, areas);
    }

    private void ComputeFeaturesAndScore(FeaturePipeline steps, RequestRows rows, Span<float> probabilities, Span<int> areas)
    {
        int featureCount = _model.FeatureCount, classCount = _model.ClassCount;
        int blockRows = Math.Clamp(MaximumBlockLength / featureCount, 1, rows.Count);
        float[] block = ArrayPool<float>.Shared.Rent(blockRows * featureCount);
        for (int start = 0; start < rows.Count; start += blockRows)
        {
            int count = Math.Min(blockRows, rows.Count - start);
            Span<float> features = block.AsSpan(0, count * featureCount);
            steps.Run(rows, start, count, features);
            Score(features, probabilities.Slice(start * classCount, count * classCount), areas.Slice(start, count));
        }

        ArrayPool<float>.Shared.Return(block);
    }

    private void Score(ReadOnlySpan<float> features, Span<float> probabilities, Span<int> areas)
    {
        if (areas.Length == 1)
        {
            _model.Predict(features, probabilities, out areas[0]);
        }
        else
        {
            _model.PredictBatch(features, probabilities, areas);
        }
    }
}
