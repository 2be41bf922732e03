using System.Collections;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Fitted steps, applied one after the other.</summary>
public sealed class TransformerChain<TLastTransformer> : ITransformer, IEnumerable<ITransformer>, IDisposable
    where TLastTransformer : class, ITransformer
{
    private readonly ITransformer[] transformers;
    private readonly TransformerScope[] scopes;

    public TransformerChain(IEnumerable<ITransformer> transformers, IEnumerable<TransformerScope> scopes)
    {
        this.transformers = [.. transformers];
        this.scopes = [.. scopes];
        if (this.transformers.Length != this.scopes.Length)
        {
            throw new ArgumentException("Every transformer needs one scope.", nameof(scopes));
        }

        LastTransformer = this.transformers.LastOrDefault() as TLastTransformer;
    }

    public TransformerChain(params ITransformer[] transformers)
        : this(transformers, transformers.Select(_ => TransformerScope.Everything))
    {
    }

    public readonly TLastTransformer LastTransformer;

    bool ITransformer.IsRowToRowMapper => StepsFor(TransformerScope.Everything).All(step => step.First.IsRowToRowMapper);

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => GetOutputSchema(inputSchema, TransformerScope.Everything);

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema, TransformerScope scope) =>
        StepsFor(scope).Aggregate(inputSchema, (schema, step) => step.First.GetOutputSchema(schema));

    /// <summary>Applies the steps that are for every scope.</summary>
    public IDataView Transform(IDataView input) => Transform(input, TransformerScope.Everything);

    public IDataView Transform(IDataView input, TransformerScope scope)
    {
        ArgumentNullException.ThrowIfNull(input);
        return StepsFor(scope).Aggregate(input, (view, step) => step.First.Transform(view));
    }

    /// <summary>The steps whose scope covers all of <paramref name="scopeFilter"/>.</summary>
    public TransformerChain<ITransformer> GetModelFor(TransformerScope scopeFilter)
    {
        var chosen = StepsFor(scopeFilter).ToArray();
        return new TransformerChain<ITransformer>(chosen.Select(step => step.First), chosen.Select(step => step.Second));
    }

    public TransformerChain<TNewLast> Append<TNewLast>(TNewLast transformer, TransformerScope scope = TransformerScope.Everything)
        where TNewLast : class, ITransformer => new([.. transformers, transformer], [.. scopes, scope]);

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        var mappers = new List<IRowToRowMapper>();
        foreach (var (transformer, _) in StepsFor(TransformerScope.Everything))
        {
            mappers.Add(transformer.GetRowToRowMapper(mappers.LastOrDefault()?.OutputSchema ?? inputSchema));
        }

        return new CompositeRowMapper(inputSchema, [.. mappers]);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(TransformerChain.VersionInfo());
        ctx.Writer.Write(transformers.Length);
        for (var i = 0; i < transformers.Length; i++)
        {
            ctx.Writer.Write((int)scopes[i]);
            ctx.SaveModel(transformers[i], TransformerChain.PartName(i));
        }
    }

    public IEnumerator<ITransformer> GetEnumerator() => ((IEnumerable<ITransformer>)transformers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        foreach (var transformer in transformers.OfType<IDisposable>())
        {
            transformer.Dispose();
        }
    }

    private IEnumerable<(ITransformer First, TransformerScope Second)> StepsFor(TransformerScope scope) =>
        transformers.Zip(scopes).Where(step => step.Second.HasFlag(scope));
}

/// <summary>Loads chains.</summary>
internal static class TransformerChain
{
    public const string LoaderSignature = "TransformerChain";

    public static VersionInfo VersionInfo() => new("XF  PIPE", 1, 1, 1, typeof(TransformerChain).Assembly.FullName, LoaderSignature);

    public static string PartName(int index) => $"Transform_{index:000}";

    public static TransformerChain<ITransformer> Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(VersionInfo());
        var transformers = new ITransformer[ctx.Reader.ReadCount()];
        var scopes = new TransformerScope[transformers.Length];
        for (var i = 0; i < transformers.Length; i++)
        {
            scopes[i] = (TransformerScope)ctx.Reader.ReadInt32();
            ctx.LoadModel<ITransformer, SignatureLoadModel>(env, out transformers[i], PartName(i));
        }

        return new TransformerChain<ITransformer>(transformers, scopes);
    }
}
