namespace Microsoft.ML.Data;

/// <summary>The one row mapping that all transformers here are made of: columns passed on, and columns computed.</summary>
internal sealed class RowMapper : IRowToRowMapper
{
    private readonly MappedColumn[] outputs;

    public RowMapper(DataViewSchema input, IEnumerable<MappedColumn> outputs)
    {
        InputSchema = input;
        this.outputs = [.. outputs];
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(this.outputs.Select(output => output.Column));
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    /// <summary>All input columns and the computed ones: right behind a column of the same name, which they hide, or else at the end.</summary>
    public static RowMapper Adding(DataViewSchema input, IEnumerable<MappedColumn> computed)
    {
        var outputs = input.Select(MappedColumn.PassOn).ToList();
        foreach (var column in computed)
        {
            var namesake = outputs.FindLastIndex(output => output.Column.Name == column.Column.Name);
            outputs.Insert(namesake >= 0 ? namesake + 1 : outputs.Count, column);
        }

        return new RowMapper(input, outputs);
    }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        dependingColumns.SelectMany(column => outputs[column.Index].Inputs).Distinct().Select(index => InputSchema[index]);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
        new MappedRow(this, input, [.. activeColumns.Select(column => column.Index)]);

    private sealed class MappedRow(RowMapper mapper, DataViewRow input, HashSet<int> active) : DataViewRow
    {
        private readonly Delegate[] getters = new Delegate[mapper.outputs.Length];

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override DataViewSchema Schema => mapper.OutputSchema;

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            ViewColumns.CheckActive(this, column);
            var output = mapper.outputs[column.Index];
            return output.MakeGetter is null
                ? input.GetGetter<TValue>(mapper.InputSchema[output.Inputs[0]])
                : GetterTypes.Cast<TValue>(getters[column.Index] ??= output.MakeGetter(input), column);
        }

        protected override void Dispose(bool disposing) => input.Dispose();
    }
}

/// <summary>Several row mappings, one after the other.</summary>
internal sealed class CompositeRowMapper(DataViewSchema inputSchema, IRowToRowMapper[] mappers) : IRowToRowMapper
{
    public DataViewSchema InputSchema => inputSchema;

    public DataViewSchema OutputSchema => mappers.Length == 0 ? inputSchema : mappers[^1].OutputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        mappers.Reverse().Aggregate(dependingColumns, (needed, mapper) => [.. mapper.GetDependencies(needed)]);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        var active = new IEnumerable<DataViewSchema.Column>[mappers.Length];
        var needed = activeColumns;
        for (var i = mappers.Length - 1; i >= 0; i--)
        {
            active[i] = needed;
            needed = [.. mappers[i].GetDependencies(needed)];
        }

        return mappers.Zip(active).Aggregate(input, (row, step) => step.First.GetRow(row, step.Second));
    }
}
