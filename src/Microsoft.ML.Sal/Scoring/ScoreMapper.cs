using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Creates the Score column of a model, with the classes as its slot names. ML.NET's own mapper names the slots for text labels only, and
/// the confusion matrix takes the names of its classes from them.
/// </summary>
internal sealed class ScoreMapper(SalMulticlassModelParameters model, IReadOnlyList<string>? classNames) : IBindableCanSaveOnnx
{
    public ISchemaBoundMapper Bind(IHostEnvironment env, RoleMappedSchema schema)
    {
        if (schema.Feature is not { } features)
        {
            throw new InvalidOperationException("The data to score has no feature column.");
        }

        return FeatureVectors.Mismatch(features, model.FeatureCount) is { } mismatch
            ? throw new InvalidOperationException(mismatch)
            : new BoundMapper(this, schema, features);
    }

    private SalMulticlassModelParameters Model => model;

    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => true;

    bool IBindableCanSaveOnnx.SaveAsOnnx(OnnxContext ctx, RoleMappedSchema schema, string[] outputNames)
    {
        string features = schema.Feature!.Value.Name; // Bind has checked that there is a feature column.
        OnnxExport.CheckColumns(ctx, schema.Schema, features);
        OnnxExport.Save(model.Model, ctx, ctx.GetVariableName(features), predictedLabel: outputNames[0], score: outputNames[1]);
        return true;
    }

    private DataViewSchema CreateOutputSchema()
    {
        DataViewSchema schema = ScoreSchemaFactory.Create(
            new VectorDataViewType(NumberDataViewType.Single, model.ClassCount),
            AnnotationUtils.Const.ScoreColumnKind.MulticlassClassification);
        if (classNames?.Count != model.ClassCount)
        {
            return schema;
        }

        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(schema[0].Annotations, _ => true);
        ReadOnlyMemory<char>[] names = [.. classNames.Select(name => name.AsMemory())];
        annotations.Add<VBuffer<ReadOnlyMemory<char>>>(
            AnnotationUtils.Kinds.SlotNames,
            new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => value = new VBuffer<ReadOnlyMemory<char>>(names.Length, names));
        var named = new DataViewSchema.Builder();
        named.AddColumn(schema[0].Name, schema[0].Type, annotations.ToAnnotations());
        return named.ToSchema();
    }

    /// <summary>Maps rows once the feature column is known.</summary>
    private sealed class BoundMapper(ScoreMapper mapper, RoleMappedSchema schema, DataViewSchema.Column features) : ISchemaBoundRowMapper
    {
        public RoleMappedSchema InputRoleMappedSchema => schema;

        public DataViewSchema InputSchema => schema.Schema;

        public DataViewSchema OutputSchema { get; } = mapper.CreateOutputSchema();

        public ISchemaBindableMapper Bindable => mapper;

        public IEnumerable<KeyValuePair<RoleMappedSchema.ColumnRole, string>> GetInputColumnRoles() =>
            [RoleMappedSchema.ColumnRole.Feature.Bind(features.Name)];

        public IEnumerable<DataViewSchema.Column> GetDependenciesForNewColumns(IEnumerable<DataViewSchema.Column> dependingColumns) =>
            dependingColumns.Any() ? [features] : [];

        public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
            new SimpleRow(OutputSchema, input, [activeColumns.Any() ? CreateGetter(input) : null!]);

        private ValueGetter<VBuffer<float>> CreateGetter(DataViewRow input)
        {
            SalMulticlassModelParameters model = mapper.Model;
            var reader = new FeatureReader(input, input.Schema[features.Index], model.FeatureCount);
            return (ref VBuffer<float> score) => model.Score(reader.Read(), ref score);
        }
    }
}
