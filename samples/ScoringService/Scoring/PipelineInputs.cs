using ScoringService.Models;

namespace ScoringService.Scoring;

/// <summary>Rows of requests as prediction engines take them.</summary>
internal static class PipelineInputs
{
    public static PipelineInput ToPipelineInput(this InputRows rows, int row) =>
        new() { Singles = rows.SinglesOf(row).ToArray(), Doubles = rows.DoublesOf(row).ToArray(), Texts = rows.TextsOf(row).ToArray() };
}
