using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Network;

namespace Sal.Core.Training;

/// <summary>Options of training. Their ranges are those of <see cref="Constraints"/>; null means "chosen automatically".</summary>
public class SalTrainingOptions
{
    /// <summary>The default of <see cref="HiddenUnits"/>.</summary>
    public const int DefaultHiddenUnits = 256;

    /// <summary>The default of <see cref="NumberOfLayers"/>.</summary>
    public const int DefaultNumberOfLayers = 3;

    /// <summary>The default of <see cref="LearningRate"/>.</summary>
    public const double DefaultLearningRate = 2e-3;

    /// <summary>The default of <see cref="SharedPhaseFraction"/>.</summary>
    public const double DefaultSharedPhaseFraction = 0.7;

    /// <summary>The default of <see cref="DropoutRate"/>.</summary>
    public const double DefaultDropoutRate = 0.1;

    /// <summary>The default of <see cref="FinalErrorShare"/>.</summary>
    public const double DefaultFinalErrorShare = 0.5;

    /// <summary>The <see cref="NumberOfAreas"/> that is chosen where the rows allow it.</summary>
    public const int UsualNumberOfAreas = 8;

    /// <summary>The <see cref="NumberOfEpochs"/> that is chosen for tables of usual size.</summary>
    public const int UsualNumberOfEpochs = 30;

    /// <summary>The <see cref="BatchSize"/> that is chosen for tables of usual size.</summary>
    public const int UsualBatchSize = 64;

    /// <summary>The <see cref="AreaBatchSize"/> that is chosen for tables of usual size.</summary>
    public const int UsualAreaBatchSize = UsualBatchSize / 2;

    /// <summary>The <see cref="LabelSmoothing"/> that is chosen for the default rule.</summary>
    public const double UsualLabelSmoothing = 0.1;

    /// <summary>Areas, 1 to 65,536; null chooses from the number of rows.</summary>
    public int? NumberOfAreas { get; set; }

    /// <summary>Units of each hidden layer, 1 to 65,536.</summary>
    public int HiddenUnits { get; set; } = DefaultHiddenUnits;

    /// <summary>Hidden layers, 1 to 1,024.</summary>
    public int NumberOfLayers { get; set; } = DefaultNumberOfLayers;

    /// <summary>Passes over the rows, 1 to 1,000,000; null chooses from the number of rows: 30, more below 667 rows (at most 300), fewer from 30,000 rows on (at least 5).</summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>The step size at the start, above 0.</summary>
    public double LearningRate { get; set; } = DefaultLearningRate;

    /// <summary>Rows of a mini-batch while all rows train the same parameters, 1 to 65,536; null chooses 64, and 128 from 30,000 rows on.</summary>
    public int? BatchSize { get; set; }

    /// <summary>Rows of an area's mini-batch in the routed phase, 1 to 65,536; null chooses half of the shared phase's.</summary>
    public int? AreaBatchSize { get; set; }

    /// <summary>The share of the epochs before the partition, 0 up to (not including) 1.</summary>
    public double SharedPhaseFraction { get; set; } = DefaultSharedPhaseFraction;

    /// <summary>The probability that a hidden unit is dropped for a row while training, 0 up to (not including) 1.</summary>
    public double DropoutRate { get; set; } = DefaultDropoutRate;

    /// <summary>
    /// g in delta_l = F_l ((1 - g) e_l + g e_L) act'(z_l): the share of the final error in what hidden units learn from under
    /// <see cref="LearningRule.Local"/>, 0 to 1.
    /// </summary>
    public double FinalErrorShare { get; set; } = DefaultFinalErrorShare;

    /// <summary>
    /// The share of a label that is spread over all classes, 0 up to (not including) 1. Under <see cref="LearningRule.Local"/> the layers before
    /// the last spread it all, so that their errors do not die away, and the last one a fifth of it, so that probabilities are not blunted. Null
    /// takes 0.1 for that rule with <see cref="FeedbackKind.Aligned"/> feedback and without <see cref="Residual"/>, and 0 otherwise.
    /// </summary>
    public double? LabelSmoothing { get; set; }

    /// <summary>How errors reach hidden layers.</summary>
    public LearningRule Rule { get; set; }

    /// <summary>The feedback connections of <see cref="LearningRule.Local"/>.</summary>
    public FeedbackKind Feedback { get; set; }

    /// <summary>
    /// The standard deviation that feedback starts with, above 0; null takes 0.1 / sqrt(H) for aligned feedback, and 1 / sqrt(C) for
    /// fixed and direct feedback.
    /// </summary>
    public double? FeedbackDeviation { get; set; }

    /// <summary>How the router is learned.</summary>
    public RouterKind Router { get; set; }

    /// <summary>Which layers are split into areas.</summary>
    public RoutedLayers RoutedLayers { get; set; }

    /// <summary>The activation function of hidden units.</summary>
    public ActivationKind Activation { get; set; }

    /// <summary>Whether layers after the first add their input to their output. For deep networks.</summary>
    public bool Residual { get; set; }

    /// <summary>How gradients become increments.</summary>
    public OptimizerKind Optimizer { get; set; }

    /// <summary>The momentum of <see cref="OptimizerKind.SgdMomentum"/>, 0 up to (not including) 1.</summary>
    public double Momentum { get; set; } = 0.9;

    /// <summary>
    /// Decoupled weight decay of weights, readouts and feedback, 0 to 10: each step shrinks them by learning rate x decay. Null takes 0.1 for
    /// <see cref="OptimizerKind.AdamW"/>, and 0 for the others, whose learning rates are larger.
    /// </summary>
    public double? WeightDecay { get; set; }

    /// <summary>How the learning rate changes in the course of training.</summary>
    public LearningRateSchedule Schedule { get; set; }

    /// <summary>How features are standardised.</summary>
    public InputScaling InputScaling { get; set; }

    /// <summary>The bound on the absolute value of a standardised feature, above 0; null for no bound.</summary>
    public double? InputClip { get; set; } = 4;

    /// <summary>Whether classes count alike whatever their frequency: each row weighs rows / (classes x rows of its class).</summary>
    public bool UnbalancedSets { get; set; }

    /// <summary>The share of the rows held out for validation where no validation rows are given, 0 to 0.9. 0 holds out none.</summary>
    public double ValidationFraction { get; set; }

    /// <summary>
    /// The epochs that a phase goes on without a lower validation loss, at least 1; null never ends a phase early. Needs validation rows.
    /// </summary>
    public int? EarlyStoppingPatience { get; set; }

    /// <summary>How much lower a validation loss must be to count as lower, in nats, 0 to 1,000.</summary>
    public double MinimumImprovement { get; set; }

    /// <summary>
    /// The seconds after which training ends at the next mini-batch, with the best model so far; null for no limit. A model that met the
    /// limit is not reproducible.
    /// </summary>
    public double? TimeBudgetSeconds { get; set; }

    /// <summary>
    /// The file that checkpoints are written to, from which <see cref="Resume"/> goes on after the process ended; the one before it is kept beside it
    /// as <c>*.previous</c>. Null writes none. Each training that runs at the same time needs a file of its own.
    /// </summary>
    public string? CheckpointPath { get; set; }

    /// <summary>The seconds from one checkpoint to the next, 0 to 1,000,000; they are written at the ends of epochs. 0 writes one after every epoch.</summary>
    public double CheckpointIntervalSeconds { get; set; } = 60;

    /// <summary>
    /// Whether to go on from the checkpoint at <see cref="CheckpointPath"/>, to the bit-same model as without the interruption. Where there is none yet,
    /// training starts from the beginning. Data and options must be those of the checkpoint, but for threads, memory and the time budget, which counts anew.
    /// </summary>
    public bool Resume { get; set; }

    /// <summary>The seed of every random draw; null takes 0, or, in ML.NET, one drawn from the <c>MLContext</c>, so that its seed decides.</summary>
    public int? Seed { get; set; }

    /// <summary>Worker threads, 1 to 1,024; null takes one for each processor. The model does not depend on it.</summary>
    public int? NumberOfThreads { get; set; }

    /// <summary>The permitted values of every option.</summary>
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
        OptionConstraint.Between(nameof(ValidationFraction), 0, 0.9, o => o.ValidationFraction),
        OptionConstraint.Between(nameof(EarlyStoppingPatience), 1, 1_000_000, o => o.EarlyStoppingPatience),
        OptionConstraint.Between(nameof(MinimumImprovement), 0, 1_000, o => o.MinimumImprovement),
        OptionConstraint.Above(nameof(TimeBudgetSeconds), 0, o => o.TimeBudgetSeconds),
        OptionConstraint.FilePath(nameof(CheckpointPath), o => o.CheckpointPath),
        OptionConstraint.Between(nameof(CheckpointIntervalSeconds), 0, 1_000_000, o => o.CheckpointIntervalSeconds),
        OptionConstraint.Between(nameof(NumberOfThreads), 1, 1_024, o => o.NumberOfThreads),
    ];

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it, its value and the range.</exception>
    /// <exception cref="ArgumentException"><see cref="Resume"/> is set without a <see cref="CheckpointPath"/>.</exception>
    public void Validate()
    {
        foreach (OptionConstraint constraint in AllConstraints)
        {
            constraint.Check(this);
        }

        if (Resume && CheckpointPath is null)
        {
            throw new ArgumentException($"{nameof(Resume)} is set, but there is no {nameof(CheckpointPath)} to go on from. Set {nameof(CheckpointPath)} too.", nameof(Resume));
        }
    }

    /// <summary>Copies the options, so that later changes of them do not reach a trainer.</summary>
    public SalTrainingOptions Clone() => (SalTrainingOptions)MemberwiseClone();

    /// <summary>Gets the constraints that <see cref="Validate"/> checks. A derived class adds those of its own options.</summary>
    protected virtual IEnumerable<OptionConstraint> AllConstraints => Constraints;

    /// <summary>Gets the seed to use.</summary>
    internal int RandomSeed => Seed ?? 0;

    /// <summary>Gets whether errors reach hidden units through feedback connections.</summary>
    internal bool UsesFeedback => Rule != LearningRule.Backpropagation;

    /// <summary>Gets whether each layer's readout learns from an error of its own.</summary>
    internal bool UsesLocalErrors => Rule == LearningRule.Local;

    /// <summary>Gets whether the feedback receives the increments that the readout receives.</summary>
    internal bool AlignsFeedback => UsesLocalErrors && Feedback == FeedbackKind.Aligned;

    /// <summary>Gets whether hidden units learn from a mix of their layer's error and the final one.</summary>
    internal bool MixesErrors => UsesLocalErrors && FinalErrorShare > 0;
}
