using Microsoft.ML.Data;

namespace ScoringService.Scoring;

/// <summary>A row as a prediction engine takes it, whatever columns the pipeline has: <see cref="InputColumnsTransformer"/> makes the columns of it.</summary>
internal sealed class PipelineInput
{
    internal const string SinglesColumn = "ScoringService.Singles";
    internal const string DoublesColumn = "ScoringService.Doubles";
    internal const string TextsColumn = "ScoringService.Texts";

    /// <summary>The row's numbers of type Single.</summary>
    [ColumnName(SinglesColumn)]
    public float[] Singles { get; set; } = [];

    /// <summary>The row's other numbers.</summary>
    [ColumnName(DoublesColumn)]
    public double[] Doubles { get; set; } = [];

    /// <summary>The row's texts.</summary>
    [ColumnName(TextsColumn)]
    public string[] Texts { get; set; } = [];
}
