using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Holds what <see cref="SalMulticlassTrainer"/> learned: the network, its layout, and its training history.</summary>
public sealed class SalMulticlassModelParameters : ModelParametersBase<VBuffer<float>>, IValueMapper, ISchemaBindableMapper
{
    internal const string LoaderSignature = "SalMulticlassModel";

    internal SalMulticlassModelParameters(
        IHostEnvironment environment,
        SalModel model,
        SalTrainingHistory history,
        SalTrainingInfo? trainingInfo,
        IReadOnlyList<string>? classNames)
        : base(environment, LoaderSignature)
    {
        Model = model;
        History = history;
        TrainingInfo = trainingInfo;
        ClassNames = OnePerClass(classNames);
    }

    private SalMulticlassModelParameters(
        IHostEnvironment environment,
        ModelLoadContext context,
        SalModel model,
        SalTrainingHistory history,
        SalTrainingInfo? trainingInfo,
        IReadOnlyList<string>? classNames)
        : base(environment, LoaderSignature, context)
    {
        Model = model;
        History = history;
        TrainingInfo = trainingInfo;
        ClassNames = OnePerClass(classNames);
    }

    /// <summary>Gets the network, which can score and save itself without ML.NET.</summary>
    public SalModel Model { get; }

    /// <summary>Gets the epochs of the training run: phase, loss, training accuracy, seconds and rows per area.</summary>
    public SalTrainingHistory History { get; }

    /// <summary>
    /// Gets what the model was trained with: options, versions, data and date. Null if the model was loaded from a file that a version
    /// without this information saved. <see cref="SalTrainingInfo.LoadFromZip(string)"/> reads it without loading the model.
    /// </summary>
    public SalTrainingInfo? TrainingInfo { get; }

    /// <summary>Gets the number of features per row.</summary>
    public int FeatureCount => Model.FeatureCount;

    /// <summary>
    /// Gets the inputs of the network, which tell what the model does with each feature: how it is scaled, at which thresholds the network
    /// can bend, and what a missing value counts as.
    /// </summary>
    /// <returns>The inputs, by ascending feature; none for a feature that was constant in training.</returns>
    public IReadOnlyList<SalInput> GetInputEncoding() => Model.GetInputEncoding();

    /// <summary>Gets the number of classes.</summary>
    public int ClassCount => Model.ClassCount;

    /// <summary>
    /// Gets the names of the classes, in the order of the scores; null if the keys of the label that the model was trained on have no
    /// values.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; private set; }

    /// <summary>Gets the number of hidden layers.</summary>
    public int NumberOfLayers => Model.NumberOfLayers;

    /// <summary>Gets the number of units per hidden layer and area.</summary>
    public int HiddenUnits => Model.HiddenUnits;

    /// <summary>Gets the number of areas. Each row uses one of them.</summary>
    public int NumberOfAreas => Model.NumberOfAreas;

    /// <summary>Gets which layers are split into areas.</summary>
    public RoutedLayers RoutedLayers => Model.RoutedLayers;

    /// <summary>Gets the activation function of the hidden units.</summary>
    public ActivationKind Activation => Model.Activation;

    /// <summary>Gets a value indicating whether layers after the first add their input to their output.</summary>
    public bool Residual => Model.Residual;

    /// <summary>Gets the number of parameters of the network, over all areas.</summary>
    public long ParameterCount => Model.ParameterCount;

    /// <summary>Gets the number of parameters that take part in scoring one row.</summary>
    public long ActiveParameterCount => Model.ActiveParameterCount;

    DataViewType IValueMapper.InputType => new VectorDataViewType(NumberDataViewType.Single, FeatureCount);

    DataViewType IValueMapper.OutputType => new VectorDataViewType(NumberDataViewType.Single, ClassCount);

    private protected override PredictionKind PredictionKind => PredictionKind.MulticlassClassification;

    /// <summary>Gets the area that a row uses.</summary>
    /// <param name="features">The row's features, <see cref="FeatureCount"/> values.</param>
    /// <returns>The area, from 0 to <see cref="NumberOfAreas"/> - 1.</returns>
    /// <exception cref="InvalidOperationException">The row does not have <see cref="FeatureCount"/> features.</exception>
    public int GetArea(in VBuffer<float> features) => Model.GetArea(features.ToFeatureVector(FeatureCount));

    /// <summary>Gets the area of each row.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="featureColumnName">The column that holds the features, as transformed for the trainer.</param>
    /// <returns>One area per row, in the order of the rows, from 0 to <see cref="NumberOfAreas"/> - 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    /// <exception cref="InvalidOperationException">A row does not have <see cref="FeatureCount"/> features.</exception>
    public IReadOnlyList<int> GetAreas(IDataView data, string featureColumnName = DefaultColumnNames.Features)
    {
        ArgumentNullException.ThrowIfNull(data);
        DataViewSchema.Column column = FeatureVectors.FindColumn(data, featureColumnName, FeatureCount, nameof(featureColumnName));
        List<int> areas = [];
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        var features = new FeatureReader(cursor, column, FeatureCount);
        while (cursor.MoveNext())
        {
            areas.Add(Model.GetArea(features.Read()));
        }

        return areas;
    }

    /// <summary>Computes what the rows of each area have in common: their number, their classes and their mean.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="featureColumnName">
    /// The column that holds the features, as transformed for the trainer; the centroids are in its units.
    /// </param>
    /// <param name="labelColumnName">
    /// The column that holds the class, a key; null for profiles without classes. Its classes are matched with the model's by name. Where
    /// one of the two has no names, a warning in the log says so.
    /// </param>
    /// <returns>One profile per area, in the order of the areas, including areas without rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column, or the label is not a key.</exception>
    /// <exception cref="InvalidOperationException">
    /// The label is a key without values or has a class that the model does not know, or a row does not have <see cref="FeatureCount"/>
    /// features.
    /// </exception>
    public IReadOnlyList<SalAreaProfile> GetAreaProfiles(
        IDataView data,
        string featureColumnName = DefaultColumnNames.Features,
        string? labelColumnName = DefaultColumnNames.Label)
    {
        ArgumentNullException.ThrowIfNull(data);
        using IChannel channel = Host.Start("Area profiles");
        return AreaProfiling.Compute(channel, this, data, featureColumnName, labelColumnName);
    }

    /// <summary>
    /// Computes how much each feature of a row contributes to the log-odds of the predicted class against the second likeliest one,
    /// measured from the typical row. <c>mlContext.Transforms.CalculateContributions</c> does so for the columns of a pipeline, and
    /// <see cref="SalExplainer"/> compares with other classes and measures from other rows.
    /// </summary>
    /// <param name="features">The row's features, <see cref="FeatureCount"/> values.</param>
    /// <param name="contributions">
    /// Written: <see cref="FeatureCount"/> values in nats, positive where the feature speaks for the predicted class.
    /// </param>
    /// <returns>What was compared.</returns>
    /// <exception cref="ArgumentException">The span has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">The row does not have <see cref="FeatureCount"/> features.</exception>
    public SalExplanation Explain(in VBuffer<float> features, Span<float> contributions) =>
        Model.Explain(features.ToFeatureVector(FeatureCount), contributions);

    /// <summary>
    /// Gets the <see cref="History"/> as a data view with one row per epoch, for transforms, savers and notebooks. The columns are
    /// <c>Epoch</c> (<see cref="int"/>, from 1), <c>Phase</c> (text, <c>Shared</c> or <c>Routed</c>), <c>LearningRate</c>,
    /// <c>TrainingLoss</c> (nats), <c>TrainingAccuracy</c> (0 to 1), <c>ValidationLoss</c>, <c>ValidationAccuracy</c> (NaN without
    /// validation rows), <c>Seconds</c> (these six are <see cref="double"/>), and <c>AreaLoads</c> (a variable-size vector of
    /// <see cref="int"/>: the number of rows per area).
    /// </summary>
    /// <param name="mlContext">The context that creates the data view.</param>
    /// <returns>The epochs, in order.</returns>
    public IDataView GetHistory(MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        return mlContext.Data.LoadFromEnumerable(History.Epochs.Select(EpochRow.From).ToArray());
    }

    /// <summary>Computes the probabilities of a row.</summary>
    internal void Score(in FeatureVector features, ref VBuffer<float> score)
    {
        VBufferEditor<float> editor = VBufferEditor.Create(ref score, ClassCount);
        Model.Predict(in features, editor.Values, out _);
        score = editor.Commit();
    }

    private void Score(in VBuffer<float> features, ref VBuffer<float> score) => Score(features.ToFeatureVector(FeatureCount), ref score);

    ValueMapper<TSource, TDestination> IValueMapper.GetMapper<TSource, TDestination>() =>
        new ValueMapper<VBuffer<float>, VBuffer<float>>(Score) as ValueMapper<TSource, TDestination>
        ?? throw new InvalidOperationException(
            $"A SAL model maps a vector of Single to a vector of Single, not {typeof(TSource).Name} to {typeof(TDestination).Name}.");

    ISchemaBoundMapper ISchemaBindableMapper.Bind(IHostEnvironment env, RoleMappedSchema schema)
    {
        IReadOnlyList<string>? labelNames = schema.Label is { } label ? LabelNames.Read(label) : null;

        // Files that the first version saved do not name the classes; the training schema, which is beside the model in the zip, does.
        ClassNames ??= OnePerClass(labelNames);
        return new ScoreMapper(this, schema.Label).Bind(env, schema);
    }

    private IReadOnlyList<string>? OnePerClass(IReadOnlyList<string>? names) => names?.Count == ClassCount ? names : null;

    // Streams besides the header:
    //   SalModel         the engine's own model file, with its version and checksum
    //   SalClassNames    the names of the classes, if there are any
    //   SalHistory       the epochs; kept apart because their durations differ from run to run, while the model is the same bytes
    //   SalTrainingInfo  what the model was trained with, unless it comes from a file without it; kept apart because of its date, and so
    //                    that it can be read alone
    private protected override void SaveCore(ModelSaveContext ctx)
    {
        base.SaveCore(ctx);
        ctx.SetVersionInfo(GetVersionInfo());
        ctx.SaveBinaryStream(SalPipelineFile.ModelEntry, writer => Model.Save(writer.BaseStream));
        if (ClassNames is not null)
        {
            ctx.SaveBinaryStream(SalPipelineFile.ClassNamesEntry, writer => SalPipelineFile.SaveClassNames(ClassNames, writer.BaseStream));
        }

        ctx.SaveBinaryStream(SalPipelineFile.HistoryEntry, writer => History.Save(writer.BaseStream));
        if (TrainingInfo is not null)
        {
            ctx.SaveBinaryStream(SalPipelineFile.TrainingInfoEntry, writer => TrainingInfo.Save(writer.BaseStream));
        }
    }

    // Called by ML.NET, which finds it through SalModelLoaderAttribute.
    private static SalMulticlassModelParameters Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(GetVersionInfo());
        SalModel? model = null;
        SalTrainingHistory? history = null;
        SalTrainingInfo? trainingInfo = null;
        IReadOnlyList<string>? classNames = null;
        ctx.TryLoadBinaryStream(SalPipelineFile.ModelEntry, reader => model = SalModel.Load(reader.BaseStream));
        ctx.TryLoadBinaryStream(SalPipelineFile.ClassNamesEntry, reader => classNames = SalPipelineFile.LoadClassNames(reader.BaseStream));
        ctx.TryLoadBinaryStream(SalPipelineFile.HistoryEntry, reader => history = SalTrainingHistory.Load(reader.BaseStream));
        ctx.TryLoadBinaryStream(SalPipelineFile.TrainingInfoEntry, reader => trainingInfo = SalTrainingInfo.Load(reader.BaseStream));
        return new SalMulticlassModelParameters(
            env,
            ctx,
            model ?? throw Missing(SalPipelineFile.ModelEntry),
            history ?? throw Missing(SalPipelineFile.HistoryEntry),
            trainingInfo,
            classNames);
    }

    private static InvalidDataException Missing(string entry) =>
        new($"The model file has no entry '{entry}': it is damaged. Save the model again, or restore the file from a copy.");

    private static VersionInfo GetVersionInfo() => new(
        modelSignature: "SALMULTI",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderAssemblyName: typeof(SalMulticlassModelParameters).Assembly.FullName,
        loaderSignature: LoaderSignature);
}
