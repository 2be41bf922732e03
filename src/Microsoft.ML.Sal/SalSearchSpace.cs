using Microsoft.ML.SearchSpace;
using Sal.Core.Training;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// The options of <see cref="SalMulticlassTrainer"/> that are worth searching, with their ranges. The initial values are the trainer's defaults, which is where tuners start.
/// </summary>
/// <remarks>
/// The attributes are ML.NET's own, so that AutoML reads them and no reference to AutoML is needed here:
/// <code><![CDATA[
/// SweepableEstimator sal = mlContext.Auto().CreateSweepableEstimator(
///     (context, space) => context.MulticlassClassification.Trainers.Sal(space.ToOptions()),
///     new SearchSpace<SalSearchSpace>());
/// ]]></code>
/// To search other ranges, change the <c>SearchSpace&lt;SalSearchSpace&gt;</c>, or write such a class of your own.
/// </remarks>
public sealed class SalSearchSpace
{
    /// <summary>Areas: 1, 2, 4, 8 or 16. The trainer itself would choose from the data.</summary>
    [Choice(new object[] { 1, 2, 4, 8, 16 }, SalTrainingOptions.UsualNumberOfAreas)]
    public int NumberOfAreas { get; set; } = SalTrainingOptions.UsualNumberOfAreas;

    /// <summary>Units of each hidden layer, 32 to 1,024, in the logarithm.</summary>
    [Range(32, 1024, SalTrainingOptions.DefaultHiddenUnits, true)]
    public int HiddenUnits { get; set; } = SalTrainingOptions.DefaultHiddenUnits;

    /// <summary>Hidden layers, 1 to 6.</summary>
    [Range(1, 6, SalTrainingOptions.DefaultNumberOfLayers, false)]
    public int NumberOfLayers { get; set; } = SalTrainingOptions.DefaultNumberOfLayers;

    /// <summary>Passes over the rows, 10 to 100, in the logarithm.</summary>
    [Range(10, 100, SalTrainingOptions.UsualNumberOfEpochs, true)]
    public int NumberOfEpochs { get; set; } = SalTrainingOptions.UsualNumberOfEpochs;

    /// <summary>The step size at the start, 0.0001 to 0.01, in the logarithm.</summary>
    [Range(1e-4, 1e-2, SalTrainingOptions.DefaultLearningRate, true)]
    public double LearningRate { get; set; } = SalTrainingOptions.DefaultLearningRate;

    /// <summary>Rows of a mini-batch in the shared phase: 16 to 256.</summary>
    [Choice(new object[] { 16, 32, 64, 128, 256 }, SalTrainingOptions.UsualBatchSize)]
    public int BatchSize { get; set; } = SalTrainingOptions.UsualBatchSize;

    /// <summary>Rows of an area's mini-batch in the routed phase: 16, 32 or 64.</summary>
    [Choice(new object[] { 16, 32, 64 }, SalTrainingOptions.UsualAreaBatchSize)]
    public int AreaBatchSize { get; set; } = SalTrainingOptions.UsualAreaBatchSize;

    /// <summary>The share of the epochs before the partition, 0.2 to 0.9.</summary>
    [Range(0.2, 0.9, SalTrainingOptions.DefaultSharedPhaseFraction, false)]
    public double SharedPhaseFraction { get; set; } = SalTrainingOptions.DefaultSharedPhaseFraction;

    /// <summary>The probability that a hidden unit is dropped while training, 0 to 0.5.</summary>
    [Range(0.0, 0.5, SalTrainingOptions.DefaultDropoutRate, false)]
    public double DropoutRate { get; set; } = SalTrainingOptions.DefaultDropoutRate;

    /// <summary>The share of the final error in what hidden units learn from, 0 to 1.</summary>
    [Range(0.0, 1.0, SalTrainingOptions.DefaultFinalErrorShare, false)]
    public double FinalErrorShare { get; set; } = SalTrainingOptions.DefaultFinalErrorShare;

    /// <summary>The share of a label that is spread over all classes, 0 to 0.3.</summary>
    [Range(0.0, 0.3, SalTrainingOptions.UsualLabelSmoothing, false)]
    public double LabelSmoothing { get; set; } = SalTrainingOptions.UsualLabelSmoothing;

    /// <summary>The trainer's options with these values, all others at their defaults: set columns, seed, cancellation and the like on the result.</summary>
    public SalMulticlassTrainer.Options ToOptions() => new()
    {
        NumberOfAreas = NumberOfAreas,
        HiddenUnits = HiddenUnits,
        NumberOfLayers = NumberOfLayers,
        NumberOfEpochs = NumberOfEpochs,
        LearningRate = LearningRate,
        BatchSize = BatchSize,
        AreaBatchSize = AreaBatchSize,
        SharedPhaseFraction = SharedPhaseFraction,
        DropoutRate = DropoutRate,
        FinalErrorShare = FinalErrorShare,
        LabelSmoothing = LabelSmoothing,
    };
}
