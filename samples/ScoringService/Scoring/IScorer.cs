using ScoringService.Models;

namespace ScoringService.Scoring;

/// <summary>Scores rows with one model. Many threads may do so at a time.</summary>
internal interface IScorer
{
    /// <summary>Gets the name of what scores, as shown in the description of the model.</summary>
    string Name { get; }

    /// <summary>Scores rows.</summary>
    /// <param name="rows">The rows, in the layout of the model.</param>
    /// <param name="probabilities">Written: rows x classes.</param>
    /// <param name="areas">Written: the area that answered, for each row.</param>
    void Score(InputRows rows, Span<float> probabilities, Span<int> areas);
}
