using Microsoft.ML.SearchSpace;
using Sal.Core.Training;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Defines the options of <see cref="SalMulticlassTrainer"/> that are worth searching, and their ranges. The initial values, where tuners
/// start, are the trainer's defaults.
/// </summary>
/// <remarks>
/// The attributes are ML.NET's own, so AutoML can read them without a reference to AutoML from this package:
/// <code><![CDATA[
/// SweepableEstimator sal = mlContext.Auto().CreateSweepableEstimator(
///     (context, space) => context.MulticlassClassification.Trainers.Sal(space.ToOptions()),
///     new SearchSpace<SalSearchSpace>());
/// ]]></code>
/// To search other ranges, change the <c>SearchSpace&lt;SalSearchSpace&gt;</c>, or write a similar class of your own.
/// </remarks>
public sealed class SalSearchSpace
{
    /// <summary>Gets or sets the number of areas: 1, 2, 4, 8 or 16. By default, the trainer chooses it from the data.</summary>
    [Choice(new object[] { 1, 2, 4, 8, 16 }, SalTrainingOptions.UsualNumberOfAreas)]
    public int NumberOfAreas { get; set; } = SalTrainingOptions.UsualNumberOfAreas;

    /// <summary>Gets or sets the number of units per hidden layer, 32 to 1,024, on a logarithmic scale.</summary>
    [Range(32, 1024, SalTrainingOptions.UsualHiddenUnits, true)]
    public int HiddenUnits { get; set; } = SalTrainingOptions.UsualHiddenUnits;

    /// <summary>Gets or sets the number of hidden layers, 1 to 6.</summary>
    [Range(1, 6, SalTrainingOptions.DefaultNumberOfLayers, false)]
    public int NumberOfLayers { get; set; } = SalTrainingOptions.DefaultNumberOfLayers;

    /// <summary>Gets or sets the number of passes over the rows, 10 to 100, on a logarithmic scale.</summary>
    [Range(10, 100, SalTrainingOptions.UsualNumberOfEpochs, true)]
    public int NumberOfEpochs { get; set; } = SalTrainingOptions.UsualNumberOfEpochs;

    /// <summary>Gets or sets the step size at the start of training, 0.0001 to 0.01, on a logarithmic scale.</summary>
    [Range(1e-4, 1e-2, SalTrainingOptions.DefaultLearningRate, true)]
    public double LearningRate { get; set; } = SalTrainingOptions.DefaultLearningRate;

    /// <summary>Gets or sets the number of rows per mini-batch in the shared phase: 16, 32, 64, 128 or 256.</summary>
    [Choice(new object[] { 16, 32, 64, 128, 256 }, SalTrainingOptions.UsualBatchSize)]
    public int BatchSize { get; set; } = SalTrainingOptions.UsualBatchSize;

    /// <summary>Gets or sets the number of rows per mini-batch of an area in the routed phase: 16, 32 or 64.</summary>
    [Choice(new object[] { 16, 32, 64 }, SalTrainingOptions.UsualAreaBatchSize)]
    public int AreaBatchSize { get; set; } = SalTrainingOptions.UsualAreaBatchSize;

    /// <summary>Gets or sets the share of the epochs before the network is split into areas, 0.2 to 0.9.</summary>
    [Range(0.2, 0.9, SalTrainingOptions.DefaultSharedPhaseFraction, false)]
    public double SharedPhaseFraction { get; set; } = SalTrainingOptions.DefaultSharedPhaseFraction;

    /// <summary>Gets or sets the probability that a hidden unit is dropped during training, 0 to 0.5.</summary>
    [Range(0.0, 0.5, SalTrainingOptions.UsualDropoutRate, false)]
    public double DropoutRate { get; set; } = SalTrainingOptions.UsualDropoutRate;

    /// <summary>Gets or sets the share of the final error in the error that hidden units learn from, 0 to 1.</summary>
    [Range(0.0, 1.0, SalTrainingOptions.DefaultFinalErrorShare, false)]
    public double FinalErrorShare { get; set; } = SalTrainingOptions.DefaultFinalErrorShare;

    /// <summary>Gets or sets the share of each label that is spread over all classes, 0 to 0.3.</summary>
    [Range(0.0, 0.3, SalTrainingOptions.UsualLabelSmoothing, false)]
    public double LabelSmoothing { get; set; } = SalTrainingOptions.UsualLabelSmoothing;

    /// <summary>
    /// Creates the trainer's options from these values, with all others at their defaults: set columns, seed, cancellation and the like
    /// on the result.
    /// </summary>
    /// <returns>The options.</returns>
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
