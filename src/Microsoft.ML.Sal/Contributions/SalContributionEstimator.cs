using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Sal.Core.Data;
using Sal.Core.Model;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Adds to scored rows what each column contributed to the prediction: to the log-odds of the predicted class against another one, measured
/// from a baseline.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// To create this estimator, use `mlContext.Transforms.CalculateContributions`.
///
/// |  |  |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | Only for `SalContributionBaseline.AreaMean` |
/// | Input column data type | the features: known-size vector of `Single` |
/// | Output column data types | known-size vector of `Single`; text and `Single` beside it |
/// | Exportable to ONNX | No: name the other columns in `ConvertToOnnx` |
///
/// `Contributions` has one slot per column, in nats; its slots are named. They add up to ln(p / q) - `ContributionsBaseline`, where p is the probability of the predicted class and q that
/// of the class in `ContributionsOtherClass`.
/// ]]></format>
/// </remarks>
public sealed partial class SalContributionEstimator : IEstimator<SalContributionTransformer>
{
    internal const string DefaultOutputColumnName = "Contributions";

    private readonly IHostEnvironment _environment;
    private readonly Options _options;
    private readonly SalModel _model;
    private readonly IReadOnlyList<string> _classNames;
    private readonly ITransformer[] _stepsBefore;
    private readonly ContributionColumns _columns;
    private readonly int? _otherClass;

    internal SalContributionEstimator(IHostEnvironment environment, ITransformer model, Options options)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.OutputColumnName);
        _environment = environment;
        ITransformer[] steps = [.. Flatten(model)];
        int place = Array.FindLastIndex(steps, step => step is ISingleFeaturePredictionTransformer<SalMulticlassModelParameters>);
        if (place < 0)
        {
            throw new ArgumentException(
                "The model has no step that SAL trained. Pass the pipeline with its SAL trainer, as fitted or loaded.", nameof(model));
        }

        var predictor = (ISingleFeaturePredictionTransformer<SalMulticlassModelParameters>)steps[place];
        _model = predictor.Model.Model;
        _stepsBefore = steps[..place];
        _columns = new ContributionColumns(predictor.FeatureColumnName, options.OutputColumnName);
        _classNames = predictor.Model.ClassNames
            ?? [.. Enumerable.Range(0, _model.ClassCount).Select(index => index.ToString(CultureInfo.InvariantCulture))];
        _otherClass = FindClass(options.OtherClassName, _classNames);
        _options = new Options
        {
            OutputColumnName = options.OutputColumnName,
            InputSchema = options.InputSchema,
            OtherClassName = options.OtherClassName,
            Baseline = Enum.IsDefined(options.Baseline)
                ? options.Baseline
                : throw new ArgumentOutOfRangeException(
                    nameof(options), options.Baseline, $"{nameof(Options.Baseline)} is {options.Baseline}, which is no such baseline."),
            BaselineRow = options.BaselineRow is { } row ? [.. row] : null,
            GroupByColumn = options.GroupByColumn,
        };
        if (_options.BaselineRow is { } given && given.Count != _model.FeatureCount)
        {
            throw new ArgumentException(
                $"{nameof(Options.BaselineRow)} has {given.Count} features, but the model was trained on {_model.FeatureCount}.",
                nameof(options));
        }
    }

    /// <summary>Creates the transformer. Reads the rows only for <see cref="SalContributionBaseline.AreaMean"/>.</summary>
    /// <param name="input">The scored rows.</param>
    /// <returns>The transformer.</returns>
    /// <exception cref="ArgumentException">The model cannot read rows of <see cref="Options.InputSchema"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or has the wrong type.</exception>
    /// <exception cref="InvalidOperationException">There are no rows to compute means from, or a row has other features.</exception>
    public SalContributionTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column features = _columns.FindFeatures(input.Schema, _model.FeatureCount);
        SlotGroups groups = _options.GroupByColumn
            ? SlotGroups.ByColumn(features, new SourceColumns(input.Schema, features.Name, _stepsBefore, _options.InputSchema))
            : SlotGroups.BySlot(features);
        return new SalContributionTransformer(_environment, CreateExplainer(input, features), _columns, groups, (_classNames, _otherClass));
    }

    /// <summary>Gets the schema that the transformer will produce for rows with the given schema.</summary>
    /// <param name="inputSchema">The schema of the scored rows.</param>
    /// <returns>The schema with the three new columns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _columns.CheckFeatures(inputSchema);
        SchemaShape.Column[] added =
        [
            new(_columns.Contributions, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false, new SchemaShape(
            [
                new SchemaShape.Column(
                    AnnotationUtils.Kinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false),
            ])),
            new(_columns.OtherClass, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance, isKey: false),
            new(_columns.Baseline, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, isKey: false),
        ];
        return new SchemaShape([.. inputSchema.ExceptBy(added.Select(column => column.Name), column => column.Name), .. added]);
    }

    private SalExplainer CreateExplainer(IDataView input, DataViewSchema.Column features)
    {
        if (_options.BaselineRow is { } row)
        {
            return new SalExplainer(_model, new FeatureVector([.. row]));
        }

        if (_options.Baseline == SalContributionBaseline.TypicalRow)
        {
            return new SalExplainer(_model);
        }

        var means = new SalAreaMeans(_model);
        using DataViewRowCursor cursor = input.GetRowCursor([features]);
        var reader = new FeatureReader(cursor, features, _model.FeatureCount);
        while (cursor.MoveNext())
        {
            means.Add(reader.Read());
        }

        return new SalExplainer(means);
    }

    private static IEnumerable<ITransformer> Flatten(ITransformer transformer) =>
        transformer is ITransformerChainAccessor chain ? chain.Transformers.SelectMany(Flatten) : [transformer];

    private static int? FindClass(string? otherClassName, IReadOnlyList<string> classNames)
    {
        if (otherClassName is null)
        {
            return null;
        }

        int place = classNames.ToList().IndexOf(otherClassName);
        return place >= 0
            ? place
            : throw new ArgumentOutOfRangeException(
                nameof(otherClassName),
                otherClassName,
                $"There is no class '{otherClassName}' ({nameof(Options.OtherClassName)}). The model has {NameList.Quote(classNames)}.");
    }
}
