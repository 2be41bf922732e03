using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A transformer that adds columns, computed row by row.</summary>
public abstract class RowToRowTransformerBase : ITransformer
{
    private protected readonly IHost Host;

    private protected RowToRowTransformerBase(IHost host) => Host = host;

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => MakeRowMapper(inputSchema).OutputSchema;

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedView(input, MakeRowMapper(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => MakeRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => SaveModel(ctx);

    private protected abstract void SaveModel(ModelSaveContext ctx);

    private protected abstract RowMapper MakeRowMapper(DataViewSchema schema);

    private protected DataViewSchema.Column FindInput(DataViewSchema inputSchema, string name) =>
        inputSchema.GetColumnOrNull(name) ?? throw Host.ExceptSchemaMismatch(nameof(inputSchema), "input", name);
}

/// <summary>A transformer that makes one output column of each of its input columns.</summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private protected OneToOneTransformerBase(IHost host, (string OutputColumnName, string InputColumnName)[] columns)
        : base(host) => ColumnPairs = columns;

    private protected (string OutputColumnName, string InputColumnName)[] ColumnPairs { get; }

    private protected abstract MappedColumn MakeColumn(int index, string outputName, DataViewSchema.Column input);

    private protected override RowMapper MakeRowMapper(DataViewSchema schema) =>
        RowMapper.Adding(schema, ColumnPairs.Select((pair, i) => MakeColumn(i, pair.OutputColumnName, FindInput(schema, pair.InputColumnName))));

    private protected void SaveColumns(ModelSaveContext ctx, VersionInfo version)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(version);
        ctx.Writer.Write(ColumnPairs.Length);
        foreach (var (output, input) in ColumnPairs)
        {
            ctx.SaveNonEmptyString(output);
            ctx.SaveNonEmptyString(input);
        }
    }

    private protected static (string OutputColumnName, string InputColumnName)[] LoadColumns(ModelLoadContext ctx, VersionInfo version)
    {
        ctx.CheckAtModel(version);
        var columns = new (string OutputColumnName, string InputColumnName)[ctx.Reader.ReadCount()];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = (ctx.LoadNonEmptyString(), ctx.LoadNonEmptyString());
        }

        return columns;
    }
}
