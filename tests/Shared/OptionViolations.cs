using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Tests;

/// <summary>Options of training with values out of range, at least one for each option that can be invalid.</summary>
internal static class OptionViolations
{
    /// <summary>Gets the name of an option and a value, per violation.</summary>
    public static IEnumerable<object[]> All =>
    [
        [nameof(SalTrainingOptions.NumberOfAreas), 0],
        [nameof(SalTrainingOptions.NumberOfAreas), 65_537],
        [nameof(SalTrainingOptions.HiddenUnits), 0],
        [nameof(SalTrainingOptions.NumberOfLayers), 0],
        [nameof(SalTrainingOptions.NumberOfEpochs), 0],
        [nameof(SalTrainingOptions.LearningRate), 0.0],
        [nameof(SalTrainingOptions.LearningRate), double.NaN],
        [nameof(SalTrainingOptions.LearningRate), double.PositiveInfinity],
        [nameof(SalTrainingOptions.BatchSize), 0],
        [nameof(SalTrainingOptions.AreaBatchSize), -1],
        [nameof(SalTrainingOptions.SharedPhaseFraction), 1.0],
        [nameof(SalTrainingOptions.DropoutRate), -0.1],
        [nameof(SalTrainingOptions.DropoutRate), double.NaN],
        [nameof(SalTrainingOptions.FinalErrorShare), 1.1],
        [nameof(SalTrainingOptions.LabelSmoothing), 1.0],
        [nameof(SalTrainingOptions.Rule), (LearningRule)7],
        [nameof(SalTrainingOptions.Feedback), (FeedbackKind)7],
        [nameof(SalTrainingOptions.FeedbackDeviation), 0.0],
        [nameof(SalTrainingOptions.Router), (RouterKind)7],
        [nameof(SalTrainingOptions.RoutedLayers), (RoutedLayers)7],
        [nameof(SalTrainingOptions.Activation), (ActivationKind)7],
        [nameof(SalTrainingOptions.Optimizer), (OptimizerKind)7],
        [nameof(SalTrainingOptions.Momentum), 1.0],
        [nameof(SalTrainingOptions.WeightDecay), -1.0],
        [nameof(SalTrainingOptions.Schedule), (LearningRateSchedule)7],
        [nameof(SalTrainingOptions.InputScaling), (InputScaling)7],
        [nameof(SalTrainingOptions.InputClip), 0.0],
        [nameof(SalTrainingOptions.ThresholdsPerFeature), 1_025],
        [nameof(SalTrainingOptions.StepsPerFeature), 1_025],
        [nameof(SalTrainingOptions.SelectionFraction), 0.6],
        [nameof(SalTrainingOptions.ValidationFraction), 0.95],
        [nameof(SalTrainingOptions.EarlyStoppingPatience), 0],
        [nameof(SalTrainingOptions.MinimumImprovement), -1.0],
        [nameof(SalTrainingOptions.TimeBudgetSeconds), 0.0],
        [nameof(SalTrainingOptions.CheckpointPath), " "],
        [nameof(SalTrainingOptions.CheckpointPath), "folder/"],
        [nameof(SalTrainingOptions.CheckpointIntervalSeconds), -1.0],
        [nameof(SalTrainingOptions.NumberOfThreads), 0],
    ];
}
