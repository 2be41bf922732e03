using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training.Checkpoints;

namespace Sal.Core.Training;

/// <summary>
/// Trains SAL networks: a shared phase in which all rows train one set of parameters, the partition of the rows by a learned router, and a
/// routed phase in which every area goes on by itself from a copy of the shared parameters.
/// </summary>
public sealed class SalTrainer
{
    private readonly SalTrainingOptions _options;

    /// <summary>Creates a trainer.</summary>
    /// <param name="options">What to train, and how; copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException"><see cref="SalTrainingOptions.Resume"/> is set without a <see cref="SalTrainingOptions.CheckpointPath"/>.</exception>
    public SalTrainer(SalTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options.Clone();
    }

    /// <summary>
    /// The options with those chosen that are left open and follow from the rows and the other options: epochs, mini-batch sizes, label
    /// smoothing and weight decay. The number of areas is chosen in
    /// training (one for each 64 rows, at most 8; one only for sparse rows, as each area would need a first layer for all of their features);
    /// the model has it.
    /// </summary>
    public SalTrainingOptions OptionsFor(TrainingSet rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return AutomaticOptions.Choose(_options, rows);
    }

    /// <summary>What <see cref="SalTrainingOptions.UnbalancedSets"/> multiplies the example weights of each class by: rows / (classes met x sum of the weights of the class).</summary>
    public static IReadOnlyList<double> ClassWeights(TrainingSet rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Training.ClassWeights.Of(rows, isUnbalanced: true);
    }

    /// <summary>Trains a model.</summary>
    /// <param name="rows">What to learn from.</param>
    /// <param name="validation">
    /// Rows to validate on after each epoch; null holds out <see cref="SalTrainingOptions.ValidationFraction"/> of the rows. With validation
    /// rows the result is the model of the epoch whose validation loss was lowest (of those with areas, where their number is given), and an
    /// open number of areas is decided by training on with and without areas from the partition.
    /// </param>
    /// <param name="start">A model to train further: its transform, router and parameters are kept, and there is no shared phase.</param>
    /// <param name="progress">Told of every epoch, on the calling thread.</param>
    /// <param name="warnings">Told, on the calling thread, of what training gets over: a checkpoint that is damaged, or that cannot be written.</param>
    /// <param name="cancellationToken">Looked at before every mini-batch. The last checkpoint stands.</param>
    /// <exception cref="ArgumentException">
    /// There are no rows, they are all of one class, or the validation rows, the start model or the checkpoint do not fit them or the options.
    /// </exception>
    /// <exception cref="InsufficientMemoryException">The network needs more memory than there is.</exception>
    /// <exception cref="InvalidOperationException">Training diverged: parameters became NaN or infinite, or features are too large to partition the rows.</exception>
    /// <exception cref="InvalidDataException">Training is to go on from a checkpoint, but neither of the two kept can be read.</exception>
    /// <exception cref="IOException">There is no writing to <see cref="SalTrainingOptions.CheckpointPath"/>; found out before training starts.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public SalTrainingResult Train(
        TrainingSet rows, TrainingSet? validation = null, SalModel? start = null, IProgress<SalTrainingProgress>? progress = null,
        IProgress<string>? warnings = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        CheckRows(rows);
        SalTrainingOptions chosen = OptionsFor(rows);
        if (validation is null)
        {
            (rows, validation) = Holdout.Split(rows, _options.ValidationFraction, _options.Seed);
        }
        else
        {
            CheckValidation(rows, validation);
        }

        if (validation is null && _options.EarlyStoppingPatience is not null)
        {
            throw new ArgumentException(
                $"{nameof(SalTrainingOptions.EarlyStoppingPatience)} is set, but there are no validation rows. Give validation rows, or set "
                + $"{nameof(SalTrainingOptions.ValidationFraction)}.", nameof(validation));
        }

        if (start is not null)
        {
            StartModel.Check(start, rows, _options);
        }

        var limits = new TrainingLimits(_options.TimeBudgetSeconds, cancellationToken);
        CheckpointFiles? checkpoints = chosen.CheckpointPath is null
            ? null
            : new CheckpointFiles(chosen, TrainingFingerprint.Of(chosen, rows, validation, start, limits), warnings);
        using var team = new WorkerTeam(_options.NumberOfThreads ?? Environment.ProcessorCount);
        return new TrainingRun(chosen, rows, validation, start, team, limits, checkpoints, progress).Run();
    }

    private static void CheckRows(TrainingSet rows)
    {
        if (rows.RowCount == 0)
        {
            throw new ArgumentException("There are no rows to train on. Check that the data is not empty and that its rows have labels and finite features.", nameof(rows));
        }

        int label = rows.Label(0);
        for (int row = 1; row < rows.RowCount; row++)
        {
            if (rows.Label(row) != label)
            {
                return;
            }
        }

        throw new ArgumentException($"All {rows.RowCount} rows are of the same class ({label}). Training needs rows of at least two classes.", nameof(rows));
    }

    private static void CheckValidation(TrainingSet rows, TrainingSet validation)
    {
        if (validation.RowCount == 0)
        {
            throw new ArgumentException("There are no validation rows. Check that they have labels and finite features, or give none.", nameof(validation));
        }

        if ((validation.FeatureCount, validation.ClassCount) != (rows.FeatureCount, rows.ClassCount))
        {
            throw new ArgumentException(
                $"The validation rows have {validation.FeatureCount} features and {validation.ClassCount} classes, but the training rows have "
                + $"{rows.FeatureCount} and {rows.ClassCount}. Transform both alike.", nameof(validation));
        }
    }
}
