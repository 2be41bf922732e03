using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Scores rows with what <see cref="SalMulticlassTrainer"/> learned: adds the columns <c>PredictedLabel</c> and <c>Score</c>.
/// </summary>
/// <remarks>
/// It does what ML.NET's <see cref="MulticlassPredictionTransformer{TModel}"/> does, but reads up to 1,024 rows ahead and scores them
/// together, with the same results. Where neither of the two columns is read, or only a few rows are, no others are scored.
/// </remarks>
// The base class implements ITransformer with its own Transform, which is not virtual. Listing the interface again maps it to the method of
// this class.
public sealed class SalMulticlassPredictionTransformer : SingleFeaturePredictionTransformerBase<SalMulticlassModelParameters>, ITransformer
{
    internal const string LoaderSignature = "SalMulticlassPredXfer";

    private readonly string _labelColumn;

    internal SalMulticlassPredictionTransformer(
        IHostEnvironment environment,
        SalMulticlassModelParameters model,
        DataViewSchema trainingSchema,
        string featureColumn,
        string labelColumn)
        : base(environment.Register(LoaderSignature), model, trainingSchema, featureColumn)
    {
        _labelColumn = labelColumn;
        Scorer = CreateScorer();
    }

    private SalMulticlassPredictionTransformer(IHost host, ModelLoadContext context)
        : base(host, context)
    {
        _labelColumn = context.LoadNonEmptyString();
        Scorer = CreateScorer();
    }

    /// <summary>Scores rows.</summary>
    /// <param name="input">The rows.</param>
    /// <returns>The rows with the columns <c>PredictedLabel</c> and <c>Score</c>, which are computed when they are read.</returns>
    /// <exception cref="InvalidOperationException">The feature column does not have the size that the model was trained on.</exception>
    public new IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new BatchScoredView(Host, (ITransformCanSaveOnnx)base.Transform(input), Model, FeatureColumnName);
    }

    private MulticlassClassificationScorer CreateScorer()
    {
        var schema = new RoleMappedSchema(TrainSchema, _labelColumn, FeatureColumnName);
        return new MulticlassClassificationScorer(
            Host,
            new MulticlassClassificationScorer.Arguments(),
            new EmptyDataView(Host, TrainSchema),
            BindableMapper.Bind(Host, schema),
            schema);
    }

    // The entries are those of MulticlassPredictionTransformer, as which earlier versions saved it.
    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(GetVersionInfo());
        base.SaveCore(ctx);
        ctx.SaveNonEmptyString(_labelColumn);
    }

    // Called by ML.NET, which finds it through SalPredictionLoaderAttribute.
    private static SalMulticlassPredictionTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(GetVersionInfo());
        return new SalMulticlassPredictionTransformer(env.Register(LoaderSignature), ctx);
    }

    private static VersionInfo GetVersionInfo() => new(
        modelSignature: "SAL PRED",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderAssemblyName: typeof(SalMulticlassPredictionTransformer).Assembly.FullName,
        loaderSignature: LoaderSignature);
}
