using Microsoft.ML.Data;
using ScoringService.Models;

namespace ScoringService.Scoring;

/// <summary>
/// Represents a row in the form that a prediction engine takes. An engine's row class is fixed at compile time, but the columns of a
/// pipeline are known only when it is loaded: <see cref="InputColumnsTransformer"/> creates them from this class.
/// </summary>
internal sealed class PipelineInput
{
    internal const string SinglesColumn = "ScoringService.Singles";
    internal const string DoublesColumn = "ScoringService.Doubles";
    internal const string TextsColumn = "ScoringService.Texts";

    /// <summary>Gets the row's numbers of type Single.</summary>
    [ColumnName(SinglesColumn)]
    public float[] Singles { get; init; } = [];

    /// <summary>Gets the row's other numbers.</summary>
    [ColumnName(DoublesColumn)]
    public double[] Doubles { get; init; } = [];

    /// <summary>Gets the row's texts.</summary>
    [ColumnName(TextsColumn)]
    public string[] Texts { get; init; } = [];

    public static PipelineInput From(RequestRows rows, int row) => new()
    {
        Singles = rows.SinglesOf(row).ToArray(),
        Doubles = rows.DoublesOf(row).ToArray(),
        Texts = rows.TextsOf(row).ToArray(),
    };
}
