using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Network;

namespace Sal.Core.Training;

/// <summary>The options of training. <see cref="Constraints"/> lists their ranges; null means "chosen automatically".</summary>
public class SalTrainingOptions
{
    /// <summary>The <see cref="HiddenUnits"/> that are chosen where training does not continue from a model.</summary>
    public const int UsualHiddenUnits = 256;

    /// <summary>The default of <see cref="NumberOfLayers"/>.</summary>
    public const int DefaultNumberOfLayers = 3;

    /// <summary>The default of <see cref="LearningRate"/>.</summary>
    public const double DefaultLearningRate = 2e-3;

    /// <summary>The default of <see cref="SharedPhaseFraction"/>.</summary>
    public const double DefaultSharedPhaseFraction = 0.7;

    /// <summary>The automatic <see cref="DropoutRate"/> where it is not chosen on held-out rows.</summary>
    public const double UsualDropoutRate = 0.1;

    /// <summary>The default of <see cref="FinalErrorShare"/>.</summary>
    public const double DefaultFinalErrorShare = 0.5;

    /// <summary>The <see cref="NumberOfAreas"/> that is chosen if there are enough rows.</summary>
    public const int UsualNumberOfAreas = 8;

    /// <summary>The <see cref="NumberOfEpochs"/> that is chosen for medium-sized tables.</summary>
    public const int UsualNumberOfEpochs = 30;

    /// <summary>The <see cref="BatchSize"/> that is chosen for medium-sized tables.</summary>
    public const int UsualBatchSize = 64;

    /// <summary>The <see cref="AreaBatchSize"/> that is chosen for medium-sized tables.</summary>
    public const int UsualAreaBatchSize = UsualBatchSize / 2;

    /// <summary>The <see cref="LabelSmoothing"/> that is chosen for the default rule.</summary>
    public const double UsualLabelSmoothing = 0.1;

    /// <summary>Gets or sets the number of areas, 1 to 65,536; null chooses it from the number of rows.</summary>
    public int? NumberOfAreas { get; set; }

    /// <summary>
    /// Gets or sets the number of units per hidden layer, 1 to 65,536; null chooses 256, or the number of the model to continue from.
    /// </summary>
    public int? HiddenUnits { get; set; }

    /// <summary>Gets or sets the number of hidden layers, 1 to 1,024.</summary>
    public int NumberOfLayers { get; set; } = DefaultNumberOfLayers;

    /// <summary>
    /// Gets or sets the number of passes over the rows, 1 to 1,000,000; null chooses it from the number of rows: 30, more for fewer than
    /// 667 rows (at most 300), fewer above 30,000 rows (at least 5).
    /// </summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>Gets or sets the initial learning rate, above 0.</summary>
    public double LearningRate { get; set; } = DefaultLearningRate;

    /// <summary>
    /// Gets or sets the number of rows per mini-batch while all rows train the same parameters, 1 to 65,536; null chooses 64, or 128 for
    /// 30,000 rows or more.
    /// </summary>
    public int? BatchSize { get; set; }

    /// <summary>
    /// Gets or sets the number of rows per mini-batch of an area in the routed phase, 1 to 65,536; null chooses half of
    /// <see cref="BatchSize"/>.
    /// </summary>
    public int? AreaBatchSize { get; set; }

    /// <summary>Gets or sets the fraction of the epochs before the partition, at least 0 and below 1.</summary>
    public double SharedPhaseFraction { get; set; } = DefaultSharedPhaseFraction;

    /// <summary>
    /// Gets or sets the probability that a hidden unit is dropped for a row during training, at least 0 and below 1. Default: null, which
    /// chooses it on held-out rows (<see cref="SelectionFraction"/>), or uses <see cref="UsualDropoutRate"/>.
    /// </summary>
    public double? DropoutRate { get; set; }

    /// <summary>
    /// Gets or sets the share of the final error (g) in the error that hidden units learn from under <see cref="LearningRule.Local"/>, 0 to
    /// 1: delta_l = F_l ((1 - g) e_l + g e_L) act'(z_l).
    /// </summary>
    public double FinalErrorShare { get; set; } = DefaultFinalErrorShare;

    /// <summary>
    /// Gets or sets the share of the target that is spread evenly over all classes, at least 0 and below 1. Under
    /// <see cref="LearningRule.Local"/>, the layers before the last use all of it, so that their errors do not vanish, and the last layer a
    /// fifth of it, so that the probabilities stay sharp. Null chooses 0.1 for that rule with <see cref="FeedbackKind.Aligned"/> feedback
    /// and without <see cref="Residual"/>, and 0 otherwise.
    /// </summary>
    public double? LabelSmoothing { get; set; }

    /// <summary>Gets or sets the rule by which errors reach hidden layers.</summary>
    public LearningRule Rule { get; set; }

    /// <summary>Gets or sets the kind of feedback connections under <see cref="LearningRule.Local"/>.</summary>
    public FeedbackKind Feedback { get; set; }

    /// <summary>
    /// Gets or sets the standard deviation of the initial feedback weights, above 0; null chooses 0.1 / sqrt(H) for aligned feedback and
    /// 1 / sqrt(C) for fixed and direct feedback, where H is the number of units per hidden layer and C the number of classes.
    /// </summary>
    public double? FeedbackDeviation { get; set; }

    /// <summary>Gets or sets the method by which the router is learned.</summary>
    public RouterKind Router { get; set; }

    /// <summary>Gets or sets the layers that are split into areas.</summary>
    public RoutedLayers RoutedLayers { get; set; }

    /// <summary>Gets or sets the activation function of hidden units.</summary>
    public ActivationKind Activation { get; set; }

    /// <summary>Gets or sets whether layers after the first add their input to their output. Intended for deep networks.</summary>
    public bool Residual { get; set; }

    /// <summary>Gets or sets the optimizer, which turns gradients into parameter updates.</summary>
    public OptimizerKind Optimizer { get; set; }

    /// <summary>Gets or sets the momentum of <see cref="OptimizerKind.SgdMomentum"/>, at least 0 and below 1.</summary>
    public double Momentum { get; set; } = 0.9;

    /// <summary>
    /// Gets or sets the decoupled weight decay of weights, readouts and feedback, 0 to 10: each step shrinks them by learning rate x decay.
    /// Null chooses 0.1 for <see cref="OptimizerKind.AdamW"/> and 0 for the other optimizers, whose learning rates are larger.
    /// </summary>
    public double? WeightDecay { get; set; }

    /// <summary>Gets or sets the schedule of the learning rate over the course of training.</summary>
    public LearningRateSchedule Schedule { get; set; }

    /// <summary>Gets or sets how features are scaled.</summary>
    public InputScaling InputScaling { get; set; }

    /// <summary>Gets or sets the bound on the absolute value of a scaled feature, above 0; null for no bound.</summary>
    public double? InputClip { get; set; } = 4;

    /// <summary>
    /// Gets or sets the largest number of pieces of the piecewise linear code that each feature of more than 20 different values gets beside
    /// its scaled value, 0 to 1024; 0 for no code. A code lets the network find thresholds in single features. Used with
    /// <see cref="InputScaling.PerFeature"/>. Default: null, which chooses one per 12 rows divided by such features, at most 64, and at
    /// most 256 for all features together; none if that is fewer than 4.
    /// </summary>
    public int? ThresholdsPerFeature { get; set; }

    /// <summary>
    /// Gets or sets the largest number of steps per feature, 0 to 1024: inputs that rise from 0 to 1 between two neighboring values where
    /// the classes of the training rows change, as a decision tree on this feature alone would cut it. Used with
    /// <see cref="InputScaling.PerFeature"/>. Default: null, which chooses between 0 and 16 on held-out rows where the other options of
    /// <see cref="SelectionFraction"/> are chosen, and takes 0 otherwise.
    /// </summary>
    public int? StepsPerFeature { get; set; }

    /// <summary>
    /// Gets or sets the fraction of the rows of each class that is held out to choose <see cref="NumberOfEpochs"/>,
    /// <see cref="DropoutRate"/>, <see cref="WeightDecay"/>, the temperature of the probabilities and, where they are null,
    /// <see cref="StepsPerFeature"/> and whether to use areas, 0 to 0.5; the model is then trained on all rows. The choice is made if the
    /// first three are null, there are 50 to 29,999 rows, no validation rows, time budget or model to continue from, and the optimizer is
    /// AdamW. 0 chooses nothing. Default: 0.2.
    /// </summary>
    public double SelectionFraction { get; set; } = 0.2;

    /// <summary>
    /// Gets or sets whether all classes count equally, whatever their frequency: each row is weighted by rows / (classes x rows of its
    /// class).
    /// </summary>
    public bool UnbalancedSets { get; set; }

    /// <summary>
    /// Gets or sets the fraction of the rows held out for validation if no validation rows are given, 0 to 0.9; 0 holds out none.
    /// </summary>
    public double ValidationFraction { get; set; }

    /// <summary>
    /// Gets or sets the number of epochs without a lower validation loss after which a phase ends, at least 1; null never ends a phase
    /// early. Requires validation rows.
    /// </summary>
    public int? EarlyStoppingPatience { get; set; }

    /// <summary>Gets or sets the amount by which the validation loss must fall to count as lower, in nats, 0 to 1,000.</summary>
    public double MinimumImprovement { get; set; }

    /// <summary>
    /// Gets or sets the time in seconds after which training ends, at the next mini-batch, with the best model so far; null for no limit. A
    /// model whose training was ended by the limit is not reproducible.
    /// </summary>
    public double? TimeBudgetSeconds { get; set; }

    /// <summary>
    /// Gets or sets whether canceling ends training with the best model so far instead of an <see cref="OperationCanceledException"/>: with
    /// validation rows, the model of the epoch with the lowest validation loss; otherwise, that of the last complete epoch, of which a copy
    /// of the network is kept. Canceling before the first epoch is complete still throws. <see cref="SalTrainingProgress.Stop"/> does not
    /// need this option.
    /// </summary>
    public bool KeepModelOnCancellation { get; set; }

    /// <summary>
    /// Gets or sets the file that checkpoints are written to, from which <see cref="Resume"/> continues after the process has ended; null
    /// writes no checkpoints. The previous checkpoint is kept next to it as <c>*.previous</c>. Training runs that overlap in time need
    /// different files.
    /// </summary>
    public string? CheckpointPath { get; set; }

    /// <summary>
    /// Gets or sets the minimum time between checkpoints in seconds, 0 to 1,000,000. Checkpoints are written at the end of an epoch; 0
    /// writes one after every epoch.
    /// </summary>
    public double CheckpointIntervalSeconds { get; set; } = 60;

    /// <summary>
    /// Gets or sets whether to resume from the checkpoint at <see cref="CheckpointPath"/>. The resulting model is bitwise identical to that
    /// of an uninterrupted run. If there is no checkpoint yet, training starts from the beginning. The data and the options must be those
    /// of the checkpoint, except for threads, memory and the time budget, which starts anew.
    /// </summary>
    public bool Resume { get; set; }

    /// <summary>
    /// Gets or sets the seed of all random draws; null chooses 0, or, in ML.NET, a seed drawn from the <c>MLContext</c>, so that the seed
    /// of the context decides.
    /// </summary>
    public int? Seed { get; set; }

    /// <summary>
    /// Gets or sets the number of worker threads, 1 to 1,024; null chooses one per processor. The model does not depend on it.
    /// </summary>
    public int? NumberOfThreads { get; set; }

    /// <summary>Gets the permitted values of every option.</summary>
    public static IReadOnlyList<OptionConstraint> Constraints { get; } =
    [
        OptionConstraint.Between(nameof(NumberOfAreas), 1, NetworkLimits.Areas, o => o.NumberOfAreas),
        OptionConstraint.Between(nameof(HiddenUnits), 1, NetworkLimits.HiddenUnits, o => o.HiddenUnits),
        OptionConstraint.Between(nameof(NumberOfLayers), 1, NetworkLimits.Layers, o => o.NumberOfLayers),
        OptionConstraint.Between(nameof(NumberOfEpochs), 1, 1_000_000, o => o.NumberOfEpochs),
        OptionConstraint.Above(nameof(LearningRate), 0, o => o.LearningRate),
        OptionConstraint.Between(nameof(BatchSize), 1, 65_536, o => o.BatchSize),
        OptionConstraint.Between(nameof(AreaBatchSize), 1, 65_536, o => o.AreaBatchSize),
        OptionConstraint.FromUpTo(nameof(SharedPhaseFraction), 0, 1, o => o.SharedPhaseFraction),
        OptionConstraint.FromUpTo(nameof(DropoutRate), 0, 1, o => o.DropoutRate),
        OptionConstraint.Between(nameof(FinalErrorShare), 0, 1, o => o.FinalErrorShare),
        OptionConstraint.FromUpTo(nameof(LabelSmoothing), 0, 1, o => o.LabelSmoothing),
        OptionConstraint.OneOf(nameof(Rule), o => o.Rule),
        OptionConstraint.OneOf(nameof(Feedback), o => o.Feedback),
        OptionConstraint.Above(nameof(FeedbackDeviation), 0, o => o.FeedbackDeviation),
        OptionConstraint.OneOf(nameof(Router), o => o.Router),
        OptionConstraint.OneOf(nameof(RoutedLayers), o => o.RoutedLayers),
        OptionConstraint.OneOf(nameof(Activation), o => o.Activation),
        OptionConstraint.OneOf(nameof(Optimizer), o => o.Optimizer),
        OptionConstraint.FromUpTo(nameof(Momentum), 0, 1, o => o.Momentum),
        OptionConstraint.Between(nameof(WeightDecay), 0, 10, o => o.WeightDecay),
        OptionConstraint.OneOf(nameof(Schedule), o => o.Schedule),
        OptionConstraint.OneOf(nameof(InputScaling), o => o.InputScaling),
        OptionConstraint.Above(nameof(InputClip), 0, o => o.InputClip),
        OptionConstraint.Between(nameof(SelectionFraction), 0, 0.5, o => o.SelectionFraction),
        OptionConstraint.Between(nameof(ThresholdsPerFeature), 0, 1_024, o => o.ThresholdsPerFeature),
        OptionConstraint.Between(nameof(StepsPerFeature), 0, 1_024, o => o.StepsPerFeature),
        OptionConstraint.Between(nameof(ValidationFraction), 0, 0.9, o => o.ValidationFraction),
        OptionConstraint.Between(nameof(EarlyStoppingPatience), 1, 1_000_000, o => o.EarlyStoppingPatience),
        OptionConstraint.Between(nameof(MinimumImprovement), 0, 1_000, o => o.MinimumImprovement),
        OptionConstraint.Above(nameof(TimeBudgetSeconds), 0, o => o.TimeBudgetSeconds),
        OptionConstraint.FilePath(nameof(CheckpointPath), o => o.CheckpointPath),
        OptionConstraint.Between(nameof(CheckpointIntervalSeconds), 0, 1_000_000, o => o.CheckpointIntervalSeconds),
        OptionConstraint.Between(nameof(NumberOfThreads), 1, 1_024, o => o.NumberOfThreads),
    ];

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An option is out of range. The message names the option, its value and the range.
    /// </exception>
    /// <exception cref="ArgumentException"><see cref="Resume"/> is set without a <see cref="CheckpointPath"/>.</exception>
    public void Validate()
    {
        foreach (OptionConstraint constraint in AllConstraints)
        {
            constraint.Check(this);
        }

        if (Resume && CheckpointPath is null)
        {
            throw new ArgumentException(
                $"{nameof(Resume)} is set, but there is no {nameof(CheckpointPath)} to resume from. Set {nameof(CheckpointPath)} too.",
                nameof(Resume));
        }
    }

    /// <summary>Copies the options, so that later changes do not affect a trainer.</summary>
    public SalTrainingOptions Clone() => (SalTrainingOptions)MemberwiseClone();

    /// <summary>Gets the constraints that <see cref="Validate"/> checks. A derived class adds the constraints of its own options.</summary>
    protected virtual IEnumerable<OptionConstraint> AllConstraints => Constraints;

    /// <summary>Gets the seed to use.</summary>
    internal int RandomSeed => Seed ?? 0;

    /// <summary>Gets whether errors reach hidden units through feedback connections.</summary>
    internal bool UsesFeedback => Rule != LearningRule.Backpropagation;

    /// <summary>Gets whether each layer's readout learns from its own error.</summary>
    internal bool UsesLocalErrors => Rule == LearningRule.Local;

    /// <summary>Gets whether the feedback receives the same increments as the readout.</summary>
    internal bool AlignsFeedback => UsesLocalErrors && Feedback == FeedbackKind.Aligned;

    /// <summary>Gets the number of epochs before the partition, of <see cref="NumberOfEpochs"/>, which must have been chosen.</summary>
    /// <param name="areas">The number of areas; one area means that there is no partition.</param>
    internal int SharedEpochs(int areas) => areas == 1 ? NumberOfEpochs!.Value : (int)(SharedPhaseFraction * NumberOfEpochs!.Value);

    /// <summary>Gets the options that decide how rows are encoded.</summary>
    internal InputOptions Input => new(InputScaling, InputClip, ThresholdsPerFeature, StepsPerFeature ?? 0, RandomSeed);

    /// <summary>Gets whether hidden units learn from a mix of their layer's own error and the final error.</summary>
    internal bool MixesErrors => UsesLocalErrors && FinalErrorShare > 0;
}
