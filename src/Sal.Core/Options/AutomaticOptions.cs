using Sal.Core.Data;
using Sal.Core.Model;

namespace Sal.Core.Training;

/// <summary>Chooses the options that were left open, based on the rows and the other options.</summary>
/// <remarks>
/// Large sets need fewer epochs, because each epoch makes more steps, and tolerate larger mini-batches; sets of a few hundred rows need
/// more epochs. The thresholds are those at which the data sets of docs/results.md were trained: 30 epochs with mini-batches of 64 up to
/// 20,000 rows, 15 epochs with mini-batches of 128 at 60,000 rows. For tables of 150 to 600 rows, about 20,000 rows over all epochs worked
/// best.
/// </remarks>
internal static class AutomaticOptions
{
    private const int MinimumEpochs = 5;
    private const int MaximumEpochs = 300;
    private const int MinimumRowsOverAllEpochs = 20_000;
    private const int MaximumRowsOverAllEpochs = 900_000;
    public const int LargeRowCount = MaximumRowsOverAllEpochs / SalTrainingOptions.UsualNumberOfEpochs;
    private const int MinimumRowsPerArea = 64;
    private const double AdamWDecay = 0.1;
    private const double AlignedFeedbackScale = 0.1;

    /// <summary>
    /// Fills in hidden units, epochs, mini-batch sizes, label smoothing, weight decay, steps, the deviation of the feedback, if there is any,
    /// and the seed. The number of areas stays open, because validation may decide it.
    /// </summary>
    /// <param name="options">The options as they were given.</param>
    /// <param name="rows">The rows to train on.</param>
    /// <param name="start">The model to continue from, or null.</param>
    public static SalTrainingOptions Choose(SalTrainingOptions options, TrainingSet rows, SalModel? start = null)
    {
        SalTrainingOptions chosen = options.Clone();
        chosen.HiddenUnits ??= start?.HiddenUnits ?? SalTrainingOptions.UsualHiddenUnits;
        int epochs = Math.Clamp(
            SalTrainingOptions.UsualNumberOfEpochs, MinimumRowsOverAllEpochs / rows.RowCount, MaximumRowsOverAllEpochs / rows.RowCount);
        chosen.NumberOfEpochs ??= Math.Clamp(epochs, MinimumEpochs, MaximumEpochs);
        chosen.BatchSize ??= rows.RowCount < LargeRowCount ? SalTrainingOptions.UsualBatchSize : 2 * SalTrainingOptions.UsualBatchSize;
        chosen.AreaBatchSize ??= Math.Max(1, chosen.BatchSize.Value / 2);
        chosen.DropoutRate ??= SalTrainingOptions.UsualDropoutRate;
        chosen.LabelSmoothing ??= chosen.AlignsFeedback && !chosen.Residual ? SalTrainingOptions.UsualLabelSmoothing : 0;
        chosen.WeightDecay ??= chosen.Optimizer == OptimizerKind.AdamW ? AdamWDecay : 0;
        chosen.FeedbackDeviation ??= chosen.UsesFeedback ? FeedbackDeviation(chosen, rows.ClassCount) : null;
        chosen.StepsPerFeature ??= 0;
        chosen.Seed = chosen.RandomSeed;
        return chosen;
    }

    /// <summary>Gets the number of areas that the rows allow: one per 64 rows, at most 8; always 1 for sparse rows.</summary>
    public static int NumberOfAreas(TrainingSet rows) =>
        rows.IsSparse ? 1 : Math.Clamp(rows.RowCount / MinimumRowsPerArea, 1, SalTrainingOptions.UsualNumberOfAreas);

    private static double FeedbackDeviation(SalTrainingOptions options, int classCount) =>
        options.AlignsFeedback ? AlignedFeedbackScale / Math.Sqrt(options.HiddenUnits!.Value) : 1 / Math.Sqrt(classCount);
}
