using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;
using Sal.Core.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Creates the Score column of a model, with the classes as its slot names. ML.NET's own mapper names the slots for text labels only, and
/// the confusion matrix takes the names of its classes from them. Where the rows have the label that the model was trained on, but with
/// other keys, that column is created too, with the keys of the model.
/// </summary>
internal sealed class ScoreMapper : IBindableCanSaveOnnx
{
    private readonly SalMulticlassModelParameters _model;
    private readonly DataViewSchema.Column? _trainingLabel;
    private readonly ClassSet _classes;
    private readonly Lazy<DataViewSchema.Column> _score; // described once, as each Transform binds, often more than once
    private volatile Match? _lastMatch; // of the label of the last rows, as they are often scored again
    private string? _lastWarning;

    /// <param name="model">The model that scores.</param>
    /// <param name="trainingLabel">The label column that the model was trained on, if it is known.</param>
    public ScoreMapper(SalMulticlassModelParameters model, DataViewSchema.Column? trainingLabel)
    {
        (_model, _trainingLabel) = (model, trainingLabel);
        IReadOnlyList<string>? names = trainingLabel is { } label ? LabelNames.Read(label) : null;
        _classes = new ClassSet("the model", model.ClassCount, names?.Count == model.ClassCount ? names : null);
        _score = new Lazy<DataViewSchema.Column>(DescribeScore);
    }

    public ISchemaBoundMapper Bind(IHostEnvironment env, RoleMappedSchema schema)
    {
        if (schema.Feature is not { } features)
        {
            throw new InvalidOperationException("The data to score has no feature column.");
        }

        return FeatureVectors.Mismatch(features, _model.FeatureCount) is { } mismatch
            ? throw new InvalidOperationException(mismatch)
            : new BoundMapper(this, schema, features, MatchLabel(env, schema.Schema));
    }

    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => true;

    bool IBindableCanSaveOnnx.SaveAsOnnx(OnnxContext ctx, RoleMappedSchema schema, string[] outputNames)
    {
        string features = schema.Feature!.Value.Name; // Bind has checked that there is a feature column.
        if (FindLabel(schema.Schema) is { } label && MatchedLabel.Create(label, _trainingLabel!.Value, _classes) is not null)
        {
            throw new NotSupportedException(
                "The model cannot be exported to ONNX with these rows. "
                + $"{ClassMatching.Difference(ClassSet.Of(label), _classes)} Export it with rows whose label has the keys of the training "
                + "rows, or that have no label.");
        }

        OnnxExport.CheckColumns(ctx, schema.Schema, features);
        OnnxExport.Save(_model.Model, ctx, ctx.GetVariableName(features), predictedLabel: outputNames[0], score: outputNames[1]);
        return true;
    }

    // The label of rows to score, if they have that which the model was trained on.
    private DataViewSchema.Column? FindLabel(DataViewSchema rows) =>
        _trainingLabel is { } trained
        && rows.GetColumnOrNull(trained.Name) is { Type: KeyDataViewType { Count: > 0 and <= TrainingSetBuilder.MaximumClassCount } } label
            ? label
            : null;

    private MatchedLabel? MatchLabel(IHostEnvironment env, DataViewSchema rows)
    {
        if (FindLabel(rows) is not { } label)
        {
            return null;
        }

        if (_lastMatch is not { } last || !last.IsOf(label))
        {
            _lastMatch = last = new Match(label, CreateMatch(env, label));
        }

        return last.Result;
    }

    private MatchedLabel? CreateMatch(IHostEnvironment env, DataViewSchema.Column label)
    {
        ClassSet classes = ClassSet.Of(label);
        MatchedLabel? matched = MatchedLabel.Create(label, _trainingLabel!.Value, _classes);
        if (matched is not null)
        {
            string[] unknown = [.. matched.UnknownNames];
            string also = unknown.Length == 0
                ? ""
                : $" It counts rows of {classes with { Names = unknown }} as errors, as the model does not know them.";
            WarnOnce(
                env,
                $"{ClassMatching.Difference(classes, _classes)} The scored rows have the column with the keys of the model, so that an "
                + $"evaluation compares them by name.{also}");
        }
        else if ((classes.Names is null) != (_classes.Names is null))
        {
            WarnOnce(env, ClassMatching.CannotCompare(classes, _classes));
        }

        return matched;
    }

    // Each transform, prediction engine and schema binds again.
    private void WarnOnce(IHostEnvironment env, string warning)
    {
        if (Interlocked.Exchange(ref _lastWarning, warning) != warning)
        {
            using IChannel channel = env.Start("Scoring");
            channel.Warning(MessageSensitivity.Schema, warning);
        }
    }

    private DataViewSchema.Column DescribeScore()
    {
        DataViewSchema.Column score = ScoreSchemaFactory.Create(
            new VectorDataViewType(NumberDataViewType.Single, _model.ClassCount),
            AnnotationUtils.Const.ScoreColumnKind.MulticlassClassification)[0];
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(score.Annotations, _ => true);
        if (_classes.Names is not null)
        {
            ReadOnlyMemory<char>[] names = [.. _classes.Names.Select(name => name.AsMemory())];
            annotations.Add<VBuffer<ReadOnlyMemory<char>>>(
                AnnotationUtils.Kinds.SlotNames,
                new VectorDataViewType(TextDataViewType.Instance, names.Length),
                (ref VBuffer<ReadOnlyMemory<char>> value) => value = new VBuffer<ReadOnlyMemory<char>>(names.Length, names));
        }

        var described = new DataViewSchema.Builder();
        described.AddColumn(score.Name, score.Type, annotations.ToAnnotations());
        return described.ToSchema()[0];
    }

    private sealed record Match(DataViewSchema.Column Label, MatchedLabel? Result)
    {
        public bool IsOf(DataViewSchema.Column label) =>
            ReferenceEquals(label.Annotations, Label.Annotations) && label.Index == Label.Index && label.Name == Label.Name;
    }

    /// <summary>Maps rows once their columns are known.</summary>
    private sealed class BoundMapper : ISchemaBoundRowMapper
    {
        private const int ScoreIndex = 0;
        private const int LabelIndex = 1;

        private readonly ScoreMapper _mapper;
        private readonly RoleMappedSchema _schema;
        private readonly DataViewSchema.Column _features;
        private readonly MatchedLabel? _label;

        public BoundMapper(ScoreMapper mapper, RoleMappedSchema schema, DataViewSchema.Column features, MatchedLabel? label)
        {
            (_mapper, _schema, _features, _label) = (mapper, schema, features, label);
            var columns = new DataViewSchema.Builder();
            DataViewSchema.Column score = mapper._score.Value;
            columns.AddColumn(score.Name, score.Type, score.Annotations);
            label?.AddTo(columns);
            OutputSchema = columns.ToSchema();
        }

        public RoleMappedSchema InputRoleMappedSchema => _schema;

        public DataViewSchema InputSchema => _schema.Schema;

        public DataViewSchema OutputSchema { get; }

        public ISchemaBindableMapper Bindable => _mapper;

        public IEnumerable<KeyValuePair<RoleMappedSchema.ColumnRole, string>> GetInputColumnRoles() =>
            [RoleMappedSchema.ColumnRole.Feature.Bind(_features.Name)];

        public IEnumerable<DataViewSchema.Column> GetDependenciesForNewColumns(IEnumerable<DataViewSchema.Column> dependingColumns) =>
            dependingColumns.Select(column => column.Index == ScoreIndex ? _features : _label!.Column);

        public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
        {
            var getters = new Delegate[OutputSchema.Count];
            foreach (DataViewSchema.Column column in activeColumns)
            {
                getters[column.Index] = column.Index == LabelIndex ? _label!.CreateGetter(input) : CreateScoreGetter(input);
            }

            return new SimpleRow(OutputSchema, input, getters);
        }

        private ValueGetter<VBuffer<float>> CreateScoreGetter(DataViewRow input)
        {
            if (input is ScoringCursor batches)
            {
                return batches.CreateScoreGetter();
            }

            SalMulticlassModelParameters model = _mapper._model;
            var reader = new FeatureReader(input, input.Schema[_features.Index], model.FeatureCount);
            return (ref VBuffer<float> score) => model.Score(reader.Read(), ref score);
        }
    }
}
