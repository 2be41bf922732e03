using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Microsoft.ML.Trainers.Sal;

public sealed partial class SalMulticlassTrainer
{
    /// <summary>
    /// Options for <see cref="SalMulticlassTrainer"/>, as taken by
    /// <see cref="SalCatalog.Sal(MulticlassClassificationCatalog.MulticlassClassificationTrainers, Options)"/>.
    /// </summary>
    public sealed class Options
    {
        /// <summary>The name of the label column, a key. Default: <c>Label</c>.</summary>
        public string LabelColumnName { get; set; } = "Label";

        /// <summary>The name of the feature column, a known-size vector of <see cref="float"/>. Default: <c>Features</c>.</summary>
        public string FeatureColumnName { get; set; } = "Features";

        /// <summary>The name of the column of example weights, <see cref="float"/>. Default: null, all rows weigh the same.</summary>
        public string? ExampleWeightColumnName { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.NumberOfAreas"/>
        public int? NumberOfAreas { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.HiddenUnits"/>
        public int HiddenUnits { get; set; } = 256;

        /// <inheritdoc cref="SalTrainingOptions.NumberOfLayers"/>
        public int NumberOfLayers { get; set; } = 3;

        /// <inheritdoc cref="SalTrainingOptions.NumberOfEpochs"/>
        public int? NumberOfEpochs { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.LearningRate"/>
        public double LearningRate { get; set; } = 2e-3;

        /// <inheritdoc cref="SalTrainingOptions.BatchSize"/>
        public int? BatchSize { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.AreaBatchSize"/>
        public int? AreaBatchSize { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.SharedPhaseFraction"/>
        public double SharedPhaseFraction { get; set; } = 0.7;

        /// <inheritdoc cref="SalTrainingOptions.DropoutRate"/>
        public double DropoutRate { get; set; } = 0.1;

        /// <inheritdoc cref="SalTrainingOptions.FinalErrorShare"/>
        public double FinalErrorShare { get; set; } = 0.5;

        /// <inheritdoc cref="SalTrainingOptions.LabelSmoothing"/>
        public double? LabelSmoothing { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.Rule"/>
        public LearningRule Rule { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.Feedback"/>
        public FeedbackKind Feedback { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.FeedbackDeviation"/>
        public double? FeedbackDeviation { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.Router"/>
        public RouterKind Router { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.RoutedLayers"/>
        public RoutedLayers RoutedLayers { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.Activation"/>
        public ActivationKind Activation { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.Residual"/>
        public bool Residual { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.Optimizer"/>
        public OptimizerKind Optimizer { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.Momentum"/>
        public double Momentum { get; set; } = 0.9;

        /// <inheritdoc cref="SalTrainingOptions.WeightDecay"/>
        public double? WeightDecay { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.Schedule"/>
        public LearningRateSchedule Schedule { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.InputScaling"/>
        public InputScaling InputScaling { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.InputClip"/>
        public double? InputClip { get; set; } = 4;

        /// <inheritdoc cref="SalTrainingOptions.UnbalancedSets"/>
        public bool UnbalancedSets { get; set; }

        /// <summary>
        /// Rows to validate on after each epoch, with the columns that the trainer reads, transformed as the training rows are. Default: null.
        /// Takes precedence over <see cref="ValidationFraction"/>; <c>Fit(trainSet, validationSet)</c> over both.
        /// </summary>
        public IDataView? ValidationSet { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.ValidationFraction"/>
        public double ValidationFraction { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.EarlyStoppingPatience"/>
        public int? EarlyStoppingPatience { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.MinimumImprovement"/>
        public double MinimumImprovement { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.MaximumCacheMegabytes"/>
        public int? MaximumCacheMegabytes { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.TimeBudgetSeconds"/>
        public double? TimeBudgetSeconds { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.CheckpointPath"/>
        public string? CheckpointPath { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.CheckpointIntervalSeconds"/>
        public double CheckpointIntervalSeconds { get; set; } = 60;

        /// <inheritdoc cref="SalTrainingOptions.Resume"/>
        public bool Resume { get; set; }

        /// <summary>The seed of every random draw. Default: null, drawn from the <see cref="MLContext"/>, so that its seed decides.</summary>
        public int? Seed { get; set; }

        /// <inheritdoc cref="SalTrainingOptions.NumberOfThreads"/>
        public int? NumberOfThreads { get; set; }

        /// <summary>Told of every epoch as it ends, on the training thread. Default: null.</summary>
        public IProgress<SalTrainingProgress>? Progress { get; set; }

        /// <summary>Ends training with an <see cref="OperationCanceledException"/> before the next mini-batch. Default: never cancelled.</summary>
        public CancellationToken CancellationToken { get; set; }

        internal SalTrainingOptions ToTrainingOptions(int seed) => new()
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
            Rule = Rule,
            Feedback = Feedback,
            FeedbackDeviation = FeedbackDeviation,
            Router = Router,
            RoutedLayers = RoutedLayers,
            Activation = Activation,
            Residual = Residual,
            Optimizer = Optimizer,
            Momentum = Momentum,
            WeightDecay = WeightDecay,
            Schedule = Schedule,
            InputScaling = InputScaling,
            InputClip = InputClip,
            UnbalancedSets = UnbalancedSets,
            ValidationFraction = ValidationFraction,
            EarlyStoppingPatience = EarlyStoppingPatience,
            MinimumImprovement = MinimumImprovement,
            MaximumCacheMegabytes = MaximumCacheMegabytes,
            TimeBudgetSeconds = TimeBudgetSeconds,
            CheckpointPath = CheckpointPath,
            CheckpointIntervalSeconds = CheckpointIntervalSeconds,
            Resume = Resume,
            Seed = seed,
            NumberOfThreads = NumberOfThreads,
        };
    }
}
