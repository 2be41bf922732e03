using Sal.Core.Data;

namespace Sal.Core.Training;

/// <summary>What options that are left open become, given the rows and the other options.</summary>
/// <remarks>
/// Many rows need fewer passes, as each makes more steps, and bear larger mini-batches; a few hundred rows need more passes. The thresholds are
/// those at which the sets of docs/results.md were trained: 30 passes in mini-batches of 64 up to 20,000 rows, 15 in mini-batches of 128 at
/// 60,000. On tables of 150 to 600 rows passes of 20,000 rows in all did best.
/// </remarks>
internal static class AutomaticOptions
{
    private const int FewestEpochs = 5;
    private const int MostEpochs = 300;
    private const int FewestRowsOfAllEpochs = 20_000;
    private const int MostRowsOfAllEpochs = 900_000;
    private const int ManyRows = MostRowsOfAllEpochs / SalTrainingOptions.UsualNumberOfEpochs;
    private const int MinimumRowsPerArea = 64;
    private const double AdamWDecay = 0.1;

    /// <summary>The options with epochs, mini-batch sizes, label smoothing, weight decay and seed chosen. The number of areas stays open: validation may decide it.</summary>
    public static SalTrainingOptions Choose(SalTrainingOptions options, TrainingSet rows)
    {
        SalTrainingOptions chosen = options.Clone();
        int epochs = Math.Clamp(SalTrainingOptions.UsualNumberOfEpochs, FewestRowsOfAllEpochs / rows.RowCount, MostRowsOfAllEpochs / rows.RowCount);
        chosen.NumberOfEpochs ??= Math.Clamp(epochs, FewestEpochs, MostEpochs);
        chosen.BatchSize ??= rows.RowCount < ManyRows ? SalTrainingOptions.UsualBatchSize : 2 * SalTrainingOptions.UsualBatchSize;
        chosen.AreaBatchSize ??= Math.Max(1, chosen.BatchSize.Value / 2);
        chosen.LabelSmoothing ??= chosen.AlignsFeedback && !chosen.Residual ? SalTrainingOptions.UsualLabelSmoothing : 0;
        chosen.WeightDecay ??= chosen.Optimizer == OptimizerKind.AdamW ? AdamWDecay : 0;
        chosen.Seed = chosen.RandomSeed;
        return chosen;
    }

    /// <summary>The areas that the rows allow: one for each 64 of them, at most 8; and one only for sparse rows.</summary>
    public static int NumberOfAreas(TrainingSet rows) => rows.IsSparse ? 1 : Math.Clamp(rows.RowCount / MinimumRowsPerArea, 1, SalTrainingOptions.UsualNumberOfAreas);
}
