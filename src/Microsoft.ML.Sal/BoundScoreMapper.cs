using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>A <see cref="ScoreMapper"/> that knows the column its features come from.</summary>
internal sealed class BoundScoreMapper(ScoreMapper mapper, RoleMappedSchema schema, DataViewSchema.Column features, DataViewSchema output) : ISchemaBoundRowMapper
{
    public RoleMappedSchema InputRoleMappedSchema => schema;

    public DataViewSchema InputSchema => schema.Schema;

    public DataViewSchema OutputSchema => output;

    public ISchemaBindableMapper Bindable => mapper;

    public IEnumerable<KeyValuePair<RoleMappedSchema.ColumnRole, string>> GetInputColumnRoles() => [RoleMappedSchema.ColumnRole.Feature.Bind(features.Name)];

    public IEnumerable<DataViewSchema.Column> GetDependenciesForNewColumns(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        dependingColumns.Any() ? [features] : [];

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
        new ScoredRow(input, output, activeColumns.Any() ? CreateGetter(input) : null);

    private ValueGetter<VBuffer<float>> CreateGetter(DataViewRow input)
    {
        ValueGetter<VBuffer<float>> getFeatures = input.GetGetter<VBuffer<float>>(input.Schema[features.Index]);
        ValueMapper<VBuffer<float>, VBuffer<float>> map = mapper.Model.CreateMapper();
        VBuffer<float> values = default;
        return (ref VBuffer<float> score) =>
        {
            getFeatures(ref values);
            map(in values, ref score);
        };
    }

    /// <summary>The one column Score beside the row it is computed from.</summary>
    private sealed class ScoredRow(DataViewRow input, DataViewSchema output, ValueGetter<VBuffer<float>>? getScore) : DataViewRow
    {
        public override DataViewSchema Schema => output;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => getScore is not null;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            (getScore ?? throw new InvalidOperationException($"The column '{column.Name}' was not asked for.")) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"The column '{column.Name}' is a vector of Single, not {typeof(TValue)}.");

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                input.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
