using System.Globalization;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training.Checkpoints;

namespace Sal.Core.Training;

/// <summary>
/// Trains SAL networks in three stages: a shared phase, in which all rows train one set of parameters; the partition of the rows by a
/// learned router; and a routed phase, in which each area continues on its own from a copy of the shared parameters.
/// </summary>
public sealed class SalTrainer
{
    private readonly SalTrainingOptions _options;

    /// <summary>Creates a trainer.</summary>
    /// <param name="options">The options. They are copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">
    /// <see cref="SalTrainingOptions.Resume"/> is set without a <see cref="SalTrainingOptions.CheckpointPath"/>.
    /// </exception>
    public SalTrainer(SalTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options.Clone();
    }

    /// <summary>Trains a model and reports progress after each epoch.</summary>
    /// <inheritdoc cref="Train(TrainingSet, TrainingSet?, SalModel?, ISalTrainingObserver, CancellationToken)"/>
    /// <param name="rows">The rows to train on.</param>
    /// <param name="validation">The rows to validate on after each epoch, or null.</param>
    /// <param name="start">A model to continue from, or null.</param>
    /// <param name="progress">Receives progress after each epoch, on the calling thread.</param>
    /// <param name="cancellationToken">Checked before each mini-batch. The last checkpoint is kept.</param>
    public SalTrainingResult Train(
        TrainingSet rows, TrainingSet? validation = null, SalModel? start = null, IProgress<SalTrainingProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Train(rows, validation, start, new EpochProgress(progress), cancellationToken);

    /// <summary>Trains a model.</summary>
    /// <param name="rows">The rows to train on.</param>
    /// <param name="validation">
    /// The rows to validate on after each epoch; null holds out <see cref="SalTrainingOptions.ValidationFraction"/> of the training rows.
    /// With validation rows, the result is the model of the epoch with the lowest validation loss (among the epochs with areas, if their
    /// number is given). If the number of areas is left open, training continues both with and without areas after the partition, and the
    /// better model is kept.
    /// </param>
    /// <param name="start">
    /// A model to continue from. Its transform, router and parameters are kept, and the shared phase is skipped.
    /// </param>
    /// <param name="observer">Receives decisions, epochs and warnings, on the calling thread.</param>
    /// <param name="cancellationToken">
    /// Checked before each mini-batch. The last checkpoint is kept. With <see cref="SalTrainingOptions.KeepModelOnCancellation"/>, the best
    /// model so far is returned.
    /// </param>
    /// <returns>The model and its training history.</returns>
    /// <exception cref="ArgumentException">
    /// There are no rows, all rows are of one class, or the validation rows do not match the training rows.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The start model, the checkpoint or the options do not match the rows; training diverged, so that parameters became NaN or infinite;
    /// or the features are too large to partition the rows.
    /// </exception>
    /// <exception cref="InsufficientMemoryException">The network needs more memory than is available.</exception>
    /// <exception cref="InvalidDataException">
    /// Training is to resume from a checkpoint, but neither the latest checkpoint nor the previous one can be read.
    /// </exception>
    /// <exception cref="IOException">
    /// <see cref="SalTrainingOptions.CheckpointPath"/> cannot be written. This is checked before training starts.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// Training was canceled, without <see cref="SalTrainingOptions.KeepModelOnCancellation"/> or before its first epoch was complete.
    /// </exception>
    public SalTrainingResult Train(
        TrainingSet rows, TrainingSet? validation, SalModel? start, ISalTrainingObserver observer,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(observer);
        CheckRows(rows);
        SalTrainingOptions options = AutomaticOptions.Choose(_options, rows, start);
        bool validationIsGiven = validation is not null;
        if (validation is null)
        {
            (rows, validation) = Holdout.Split(rows, options.ValidationFraction, options.RandomSeed);
        }
        else
        {
            CheckValidation(rows, validation);
        }

        if (validation is null && options.EarlyStoppingPatience is not null)
        {
            throw new InvalidOperationException(
                $"{nameof(SalTrainingOptions.EarlyStoppingPatience)} is set, but there are no validation rows. "
                + (options.ValidationFraction > 0
                    ? HoldsOutNothing(options)
                    : $"Give validation rows, or set {nameof(SalTrainingOptions.ValidationFraction)}."));
        }

        if (validation is null && options.ValidationFraction > 0)
        {
            observer.OnWarning(HoldsOutNothing(options));
        }

        if (start is not null)
        {
            StartModel.Check(start, rows, options);
        }

        var inputs = new TrainingInputs(rows, validation, start);
        if (new IneffectiveOptions(_options, options, inputs).Describe(validationIsGiven) is { } ineffective)
        {
            observer.OnWarning(ineffective);
        }

        if (start is null && ClippedFeatures.Describe(rows, options) is { } clipped)
        {
            observer.OnWarning(clipped);
        }

        var limits = new TrainingLimits(options.TimeBudgetSeconds, cancellationToken);
        using var team = new WorkerTeam(options.NumberOfThreads ?? Environment.ProcessorCount);
        try
        {
            double temperature = 1;
            if (HeldOutChoice.IsOpen(_options, inputs))
            {
                (options, temperature) = new HeldOutChoice(TrainCandidate, observer, cancellationToken).Choose(_options, rows);
            }

            SalTrainingResult result = Run(options, inputs, team, limits, observer);
            return temperature == 1 ? result : result with { Model = result.Model.WithTemperature(temperature) };
        }
        catch (OperationCanceledException exception)
            when (options.KeepModelOnCancellation && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(
                $"Training was canceled before its first epoch was complete, so {nameof(SalTrainingOptions.KeepModelOnCancellation)} has "
                + "no model to keep.", exception, cancellationToken);
        }

        SalModel TrainCandidate(SalTrainingOptions candidate, TrainingInputs part) =>
            new TrainingRun(candidate, part, team, limits, checkpoints: null, new NoObserver()).Run().Model;
    }

    // Only the final run has checkpoints and reports its epochs.
    private static SalTrainingResult Run(
        SalTrainingOptions options, TrainingInputs inputs, WorkerTeam team, TrainingLimits limits, ISalTrainingObserver observer)
    {
        CheckpointFiles? checkpoints = options.CheckpointPath is null
            ? null
            : new CheckpointFiles(options, TrainingFingerprint.Compute(options, inputs, limits), observer);
        return new TrainingRun(options, inputs, team, limits, checkpoints, observer).Run();
    }

    private static string HoldsOutNothing(SalTrainingOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"{nameof(SalTrainingOptions.ValidationFraction)} is {options.ValidationFraction}, but no class has the ")
        + $"{Math.Ceiling(1 / options.ValidationFraction):F0} rows of which one is held out. "
        + $"Give validation rows, or raise {nameof(SalTrainingOptions.ValidationFraction)}.";

    private static void CheckRows(TrainingSet rows)
    {
        if (rows.RowCount == 0)
        {
            throw new ArgumentException(
                "There are no rows to train on. Check that the data is not empty and that its rows have labels and finite features.",
                nameof(rows));
        }

        if (rows.OnlyClass is { } label)
        {
            throw new ArgumentException(
                $"All {rows.RowCount} rows are of the same class ({label}). Training needs rows of at least two classes.", nameof(rows));
        }
    }

    private static void CheckValidation(TrainingSet rows, TrainingSet validation)
    {
        if (validation.RowCount == 0)
        {
            throw new ArgumentException(
                "There are no validation rows. Check that they have labels and finite features, or leave them out.", nameof(validation));
        }

        if ((validation.FeatureCount, validation.ClassCount) != (rows.FeatureCount, rows.ClassCount))
        {
            throw new ArgumentException(
                $"The validation rows have {validation.FeatureCount} features and {validation.ClassCount} classes, but the training rows "
                + $"have {rows.FeatureCount} and {rows.ClassCount}. Apply the same transforms to both.", nameof(validation));
        }
    }

    private sealed class NoObserver : ISalTrainingObserver;

    private sealed class EpochProgress(IProgress<SalTrainingProgress>? progress) : ISalTrainingObserver
    {
        void ISalTrainingObserver.OnEpochEnded(SalTrainingProgress ended) => progress?.Report(ended);
    }
}
