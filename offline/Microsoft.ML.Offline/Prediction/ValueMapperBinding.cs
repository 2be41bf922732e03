using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Binds a model that maps a feature vector to scores and knows nothing of schemas.</summary>
internal sealed class ValueMapperBinding(IValueMapper model) : ISchemaBindableMapper
{
    public ISchemaBoundMapper Bind(IHostEnvironment env, RoleMappedSchema schema)
    {
        var type = schema.Feature?.Type;
        env.Check(model.InputType.Equals(type), $"Incompatible features column type: '{type}' vs '{model.InputType}'");
        var output = new DataViewSchema.Builder();
        output.AddColumn("Score", model.OutputType);
        return new Bound(this, schema, output.ToSchema());
    }

    private ValueGetter<VBuffer<float>> MakeGetter(DataViewRow row, DataViewSchema.Column feature)
    {
        var getter = row.GetGetter<VBuffer<float>>(feature);
        var map = model.GetMapper<VBuffer<float>, VBuffer<float>>();
        VBuffer<float> features = default;
        return (ref VBuffer<float> scores) =>
        {
            getter(ref features);
            map(in features, ref scores);
        };
    }

    private sealed class Bound(ValueMapperBinding binding, RoleMappedSchema schema, DataViewSchema output) : ISchemaBoundRowMapper
    {
        public RoleMappedSchema InputRoleMappedSchema => schema;

        public DataViewSchema InputSchema => schema.Schema;

        public DataViewSchema OutputSchema => output;

        public ISchemaBindableMapper Bindable => binding;

        public IEnumerable<KeyValuePair<RoleMappedSchema.ColumnRole, string>> GetInputColumnRoles() => [RoleMappedSchema.ColumnRole.Feature.Bind(schema.Feature!.Value.Name)];

        public IEnumerable<DataViewSchema.Column> GetDependenciesForNewColumns(IEnumerable<DataViewSchema.Column> dependingColumns) =>
            dependingColumns.Any() ? [schema.Feature!.Value] : [];

        public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
            new RowMapper(schema.Schema, [MappedColumn.Computed("Score", output[0].Type, null, [schema.Feature!.Value.Index], row => binding.MakeGetter(row, schema.Feature.Value))])
                .GetRow(input, activeColumns);
    }
}
