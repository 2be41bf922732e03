using Sal.Core.Model;
using ScoringService.Models;

namespace ScoringService.Scoring;

/// <summary>Sal.Core alone, for models whose features are the row itself: nothing in between, and nothing allocated.</summary>
internal sealed class EngineScorer(SalModel model) : IScorer
{
    public string Name => "Sal.Core";

    public void Score(InputRows rows, Span<float> probabilities, Span<int> areas)
    {
        if (rows.Count == 1)
        {
            model.Predict(rows.Singles, probabilities, out areas[0]);
        }
        else
        {
            model.PredictBatch(rows.Singles, probabilities, areas);
        }
    }
}
