using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Keeps the columns named, in that order, or drops them.</summary>
public sealed class ColumnSelectingEstimator : IEstimator<ColumnSelectingTransformer>
{
    private readonly IHost host;
    private readonly string[] names;
    private readonly bool keep;
    private readonly bool keepHidden;

    internal ColumnSelectingEstimator(IHostEnvironment env, string[] names, bool keep, bool keepHidden)
    {
        host = env.Register(nameof(ColumnSelectingEstimator));
        host.CheckUserArg(names is { Length: > 0 }, nameof(names), "No columns given");
        this.names = names;
        this.keep = keep;
        this.keepHidden = keepHidden;
    }

    public ColumnSelectingTransformer Fit(IDataView input)
    {
        var transformer = new ColumnSelectingTransformer(host, names, keep, keepHidden);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var chosen = names.Select(name => inputSchema.TryFindColumn(name, out var column) ? column : throw host.ExceptSchemaMismatch(nameof(inputSchema), "input", name)).ToArray();
        return new SchemaShape(keep ? chosen : inputSchema.Where(column => !names.Contains(column.Name)));
    }
}

public sealed class ColumnSelectingTransformer : ITransformer
{
    internal const string LoaderSignature = "SelectColumnsTransform";

    private readonly IHost host;
    private readonly string[] names;
    private readonly bool keep;
    private readonly bool keepHidden;

    internal ColumnSelectingTransformer(IHostEnvironment env, string[] names, bool keep, bool keepHidden)
    {
        host = env.Register(nameof(ColumnSelectingTransformer));
        this.names = names;
        this.keep = keep;
        this.keepHidden = keepHidden;
    }

    bool ITransformer.IsRowToRowMapper => true;

    private static VersionInfo Version => new("SELCOLST", 1, 1, 1, typeof(ColumnSelectingTransformer).Assembly.FullName, LoaderSignature);

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => MakeRowMapper(inputSchema).OutputSchema;

    public IDataView Transform(IDataView input) => new MappedView(input, MakeRowMapper(input.Schema));

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => MakeRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        ctx.Writer.Write(keep);
        ctx.Writer.Write(keepHidden);
        ctx.Writer.Write(names.Length);
        Array.ForEach(names, ctx.SaveNonEmptyString);
    }

    private static ColumnSelectingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        var keep = ctx.Reader.ReadBoolean();
        var keepHidden = ctx.Reader.ReadBoolean();
        var names = new string[ctx.Reader.ReadCount()];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = ctx.LoadNonEmptyString();
        }

        return new ColumnSelectingTransformer(env, names, keep, keepHidden);
    }

    private RowMapper MakeRowMapper(DataViewSchema inputSchema)
    {
        foreach (var name in names)
        {
            if (inputSchema.GetColumnOrNull(name) is null)
            {
                throw host.ExceptSchemaMismatch(nameof(inputSchema), "input", name);
            }
        }

        var chosen = keep
            ? names.SelectMany(name => inputSchema.Where(column => column.Name == name && (keepHidden || !column.IsHidden)))
            : inputSchema.Where(column => !names.Contains(column.Name) && (keepHidden || !column.IsHidden));
        return new RowMapper(inputSchema, chosen.Select(MappedColumn.PassOn));
    }
}
