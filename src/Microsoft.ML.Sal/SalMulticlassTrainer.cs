using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Trains a multiclass classification model by Selective Adaptive Learning (SAL): a neural network whose layers are split into areas, of
/// which each row uses one, and whose layers each learn from a local error instead of one that is propagated back.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// To create this trainer, use `mlContext.MulticlassClassification.Trainers.Sal()` or `Sal(Options)`.
///
/// ### Input and output columns
/// | Column | Type | Description |
/// | -- | -- | -- |
/// | Label (input) | key of any type | The class, as created by `MapValueToKey`. A missing label skips the row; a warning counts them. |
/// | Features (input) | known-size vector of `Single` | The features, on any scale. NaN is a missing value, which is learned from. |
/// | Example weight (input, optional) | `Single` | The weight of the row in the loss, 0 or more. |
/// | `Score` | vector of `Single` | The probability of each class. The slot names are the classes. |
/// | `PredictedLabel` | key over `UInt32` | The most probable class, with the label's key values: `MapKeyToValue` restores the value. |
/// | Label | key over `UInt32` | Only where the label of rows to score has other keys: its values under those of `PredictedLabel`. |
///
/// ### Trainer characteristics
/// |  |  |
/// | -- | -- |
/// | Machine learning task | Multiclass classification |
/// | Is normalization required? | No: the trainer scales the features |
/// | Is caching required? | No: the rows are read once |
/// | Required NuGet in addition to Microsoft.ML | MLNet.Trainers.Sal |
/// | Exportable to ONNX | Yes |
///
/// ### Training
/// The model depends on the rows, their order, the options and the seed, but not on the number of threads. Each epoch writes a line to
/// `MLContext.Log`, and the model keeps the training history.
/// A NaN feature counts as its median over the training rows, beside an input that tells that it is missing, if it was missing in training
/// rows. An infinite one counts as the largest or smallest value that the model tells apart, and a warning names it.
/// ]]></format>
/// </remarks>
/// <seealso cref="SalCatalog"/>
/// <seealso cref="Options"/>
// The base class implements IEstimator with its own Fit and GetOutputSchema, which are not virtual. Listing the interface again maps it to
// the methods of this class, which check the columns first, even in a chain, which calls the trainer through the interface only.
public sealed partial class SalMulticlassTrainer
    : TrainerEstimatorBase<SalMulticlassPredictionTransformer, SalMulticlassModelParameters>,
      ITrainerEstimator<SalMulticlassPredictionTransformer, SalMulticlassModelParameters>
{
    private readonly Options _options;
    private readonly TrainingColumns _columns;
    private readonly bool _seedWasDrawn;

    internal SalMulticlassTrainer(IHostEnvironment environment, Options options)
        : this(environment.Register(nameof(SalMulticlassTrainer)), TrainingColumns.From(options), options)
    {
    }

    private SalMulticlassTrainer(IHost host, TrainingColumns columns, Options options)
        : base(
            host,
            TrainerUtils.MakeR4VecFeature(columns.Features),
            TrainerUtils.MakeU4ScalarColumn(columns.Label),
            columns.Weight is null ? default : TrainerUtils.MakeR4ScalarWeightColumn(columns.Weight))
    {
        // Drawn here and not in Fit, so that fitting the same trainer twice gives the same model.
        _seedWasDrawn = options.Seed is null;
        _options = (Options)options.Clone();
        _options.Seed ??= host.Rand.Next();
        _options.Validate();
        _columns = columns;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info { get; } =
        new(normalization: false, caching: false, supportValid: true, supportIncrementalTrain: true);

    private protected override PredictionKind PredictionKind => PredictionKind.MulticlassClassification;

    /// <summary>Trains a model.</summary>
    /// <param name="input">The training rows.</param>
    /// <returns>The trained transformer; its <c>Model</c> holds the network and the training history.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A column is missing or has the wrong type; the message names it and explains what to do.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// There are no rows to learn from, they all belong to one class, the checkpoint to resume from belongs to other data or options, or
    /// training diverged; the message explains what to change.
    /// </exception>
    /// <exception cref="InsufficientMemoryException">The network needs more memory than is available.</exception>
    /// <exception cref="IOException">No checkpoint can be written to <see cref="SalTrainingOptions.CheckpointPath"/>.</exception>
    /// <exception cref="InvalidDataException">
    /// <see cref="SalTrainingOptions.Resume"/> is set, but neither of the two checkpoints can be read.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// The environment or the token in the options was canceled, without <see cref="SalTrainingOptions.KeepModelOnCancellation"/> or before
    /// the first epoch was complete.
    /// </exception>
    public new SalMulticlassPredictionTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _columns.Check(SchemaShape.Create(input.Schema));
        return base.Fit(input);
    }

    /// <summary>Trains a model, validates it after each epoch, and keeps the model of the epoch with the lowest validation loss.</summary>
    /// <param name="trainSet">The training rows.</param>
    /// <param name="validationSet">The validation rows, with the same columns.</param>
    /// <returns>The trained transformer; its <c>Model</c> holds the network and the training history.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A column is missing or has the wrong type; the message names it and explains what to do.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// There are no rows to learn from or to validate on, the training rows all belong to one class, the checkpoint to resume from belongs
    /// to other data or options, or training diverged; the message explains what to change.
    /// </exception>
    /// <exception cref="InsufficientMemoryException">The network needs more memory than is available.</exception>
    /// <exception cref="IOException">No checkpoint can be written to <see cref="SalTrainingOptions.CheckpointPath"/>.</exception>
    /// <exception cref="InvalidDataException">
    /// <see cref="SalTrainingOptions.Resume"/> is set, but neither of the two checkpoints can be read.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// The environment or the token in the options was canceled, without <see cref="SalTrainingOptions.KeepModelOnCancellation"/> or before
    /// the first epoch was complete.
    /// </exception>
    public SalMulticlassPredictionTransformer Fit(IDataView trainSet, IDataView validationSet)
    {
        ArgumentNullException.ThrowIfNull(trainSet);
        ArgumentNullException.ThrowIfNull(validationSet);
        _columns.Check(SchemaShape.Create(trainSet.Schema));
        _columns.Check(SchemaShape.Create(validationSet.Schema));
        return TrainTransformer(trainSet, validationSet);
    }

    /// <summary>
    /// Continues training an existing model: its input transform and router are kept, and training starts from its parameters, without a
    /// shared phase.
    /// </summary>
    /// <param name="trainSet">The training rows, with as many features and classes as the model has.</param>
    /// <param name="modelParameters">The model to start from, which is not changed. Its layout must match the options.</param>
    /// <returns>The trained transformer; its <c>Model</c> holds the network and the history of this training.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A column is missing or has the wrong type; the message names it and explains what to do.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// There are no rows to learn from, they all belong to one class, the model or the checkpoint does not fit them or the options, or
    /// training diverged; the message explains what to change.
    /// </exception>
    /// <exception cref="InsufficientMemoryException">The network needs more memory than is available.</exception>
    /// <exception cref="IOException">No checkpoint can be written to <see cref="SalTrainingOptions.CheckpointPath"/>.</exception>
    /// <exception cref="InvalidDataException">
    /// <see cref="SalTrainingOptions.Resume"/> is set, but neither of the two checkpoints can be read.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// The environment or the token in the options was canceled, without <see cref="SalTrainingOptions.KeepModelOnCancellation"/> or before
    /// the first epoch was complete.
    /// </exception>
    public SalMulticlassPredictionTransformer Fit(
        IDataView trainSet, SalMulticlassModelParameters modelParameters)
    {
        ArgumentNullException.ThrowIfNull(trainSet);
        ArgumentNullException.ThrowIfNull(modelParameters);
        _columns.Check(SchemaShape.Create(trainSet.Schema));
        return TrainTransformer(trainSet, initPredictor: modelParameters);
    }

    /// <summary>Gets the schema that the trained transformer will produce for data with the given schema.</summary>
    /// <param name="inputSchema">The schema of the training data.</param>
    /// <returns>The schema of the scored data.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A column is missing or has the wrong type; the message names it and explains what to do.
    /// </exception>
    public new SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _columns.Check(inputSchema);
        return base.GetOutputSchema(inputSchema);
    }

    // The label may be a key of any type; TrainingColumns.Check has made sure that it is a key.
    private protected override void CheckLabelCompatible(SchemaShape.Column labelCol)
    {
    }

    private protected override SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema)
    {
        SchemaShape.Column label = inputSchema.First(column => column.Name == LabelColumn.Name);
        List<SchemaShape.Column> score = [.. AnnotationUtils.AnnotationsForMulticlassScoreColumn(label)];
        SchemaShape.Column[] keyValues = [.. label.Annotations.Where(annotation => annotation.Name == AnnotationUtils.Kinds.KeyValues)];
        if (keyValues.Length > 0 && !score.Any(annotation => annotation.Name == AnnotationUtils.Kinds.SlotNames))
        {
            // Unlike the built-in trainers, SAL names the score's slots whatever the type of the label.
            score.Add(new SchemaShape.Column(
                AnnotationUtils.Kinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false));
        }

        return
        [
            new(
                AnnotationUtils.Const.ScoreValueKind.Score,
                SchemaShape.Column.VectorKind.Vector,
                NumberDataViewType.Single,
                isKey: false,
                new SchemaShape(score)),
            new(
                AnnotationUtils.Const.ScoreValueKind.PredictedLabel,
                SchemaShape.Column.VectorKind.Scalar,
                NumberDataViewType.UInt32,
                isKey: true,
                new SchemaShape(keyValues.Concat(AnnotationUtils.GetTrainerOutputAnnotation()))),
        ];
    }

    private protected override SalMulticlassModelParameters TrainModelCore(TrainContext trainContext)
    {
        using IChannel channel = Host.Start("Training");
        using var cancellation = new HostCancellation(Host, _options.CancellationToken);
        using TrainingSet rows = ReadUnlessCanceled(
            () => TrainingRows.Read(channel, trainContext.TrainingSet, _options.MemoryBudget, cancellation.Token));
        using TrainingSet? validationRows = ValidationSet(trainContext) is { } validationSet
            ? ReadUnlessCanceled(() => TrainingRows.ReadValidation(
                channel, trainContext.TrainingSet, validationSet, _options.MemoryBudget, cancellation.Token))
            : null;
        if (trainContext.ValidationSet is not null && _options.ValidationSet is not null)
        {
            channel.Warning(
                MessageSensitivity.None, "Options without effect: ValidationSet, as a validation set was given to Fit.");
        }

        SalModel? start = trainContext.InitialPredictor is SalMulticlassModelParameters model
            ? StartModel(channel, model, trainContext.TrainingSet.Schema)
            : null;
        using var log = new TrainingLog(Host, channel, _options, rows, validationRows, trainContext.TrainingSet.Schema.Feature!.Value);
        SalTrainingResult result = new SalTrainer(_options).Train(rows, validationRows, start, log, cancellation.Token);
        log.LogResult(result, _seedWasDrawn);
        SalTrainingInfo info = new TrainingDescription(_options, _seedWasDrawn, _columns).Describe(log.Start!, result, start is not null);
        IReadOnlyList<string>? classNames = LabelNames.Read(trainContext.TrainingSet.Schema.Label!.Value);
        return new SalMulticlassModelParameters(Host, result.Model, result.History, info, classNames);
    }

    private TrainingSet ReadUnlessCanceled(Func<TrainingSet> read)
    {
        try
        {
            return read();
        }
        catch (OperationCanceledException exception) when (_options.KeepModelOnCancellation)
        {
            throw new OperationCanceledException(
                $"Training was canceled while its rows were being read, so {nameof(SalTrainingOptions.KeepModelOnCancellation)} has no "
                + "model to keep.", exception, exception.CancellationToken);
        }
    }

    // The model with its classes in the order of the rows' label.
    private static SalModel StartModel(IChannel channel, SalMulticlassModelParameters model, RoleMappedSchema schema)
    {
        if (FeatureVectors.Mismatch(schema.Feature!.Value, model.FeatureCount) is { } mismatch)
        {
            throw new InvalidOperationException($"The model cannot be trained further here. {mismatch}");
        }

        ClassSet classes = ClassSet.Of(schema.Label!.Value), known = ClassSet.Of(model) with { Owner = "the model to continue from" };
        int[]? places = ClassMatching.Match(classes, known);
        if (places is null)
        {
            channel.Warning(MessageSensitivity.Schema, ClassMatching.CannotCompare(classes, known));
            return model.Model;
        }

        return ClassMatching.IsIdentity(places) ? model.Model : model.Model.WithClasses(places);
    }

    // The set passed to Fit takes precedence over the one in the options.
    private RoleMappedData? ValidationSet(TrainContext context)
    {
        if (context.ValidationSet is not null || _options.ValidationSet is not { } rows)
        {
            return context.ValidationSet;
        }

        _columns.Check(SchemaShape.Create(rows.Schema));
        return new RoleMappedData(rows, label: LabelColumn.Name, feature: FeatureColumn.Name, weight: _columns.Weight);
    }

    private protected override SalMulticlassPredictionTransformer MakeTransformer(
        SalMulticlassModelParameters model, DataViewSchema trainSchema) =>
        new(Host, model, trainSchema, FeatureColumn.Name, LabelColumn.Name);
}
