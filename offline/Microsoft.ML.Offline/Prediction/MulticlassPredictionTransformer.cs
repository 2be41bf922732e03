using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Adds PredictedLabel (the class of the highest score, as a key) and Score (one number a class).</summary>
public sealed class MulticlassPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel>
    where TModel : class
{
    private readonly string labelColumn;
    private readonly string scoreColumn;
    private readonly string predictedLabelColumn;
    private readonly ISchemaBindableMapper mapper;

    internal MulticlassPredictionTransformer(
        IHostEnvironment env,
        TModel model,
        DataViewSchema inputSchema,
        string featureColumn,
        string labelColumn,
        string scoreColumn = "Score",
        string predictedLabel = "PredictedLabel")
        : base(env.Register($"{nameof(MulticlassPredictionTransformer)}<{typeof(TModel).Name}>"), model, inputSchema, featureColumn)
    {
        this.labelColumn = labelColumn;
        this.scoreColumn = scoreColumn;
        predictedLabelColumn = predictedLabel;
        var bindable = model as ISchemaBindableMapper ?? new ValueMapperBinding(model as IValueMapper ?? throw Host.Except($"{typeof(TModel)} is no value mapper"));
        mapper = bindable.Bind(Host, new RoleMappedSchema(inputSchema, labelColumn, featureColumn)).Bindable;
    }

    private protected override RowMapper MakeRowMapper(DataViewSchema inputSchema)
    {
        var feature = FindFeature(inputSchema);
        var bound = (ISchemaBoundRowMapper)mapper.Bind(Host, new RoleMappedSchema(inputSchema, label: null, feature.Name));
        var source = bound.OutputSchema[0];
        var score = (VectorDataViewType)source.Type;
        var keyValues = KeyValuesOrNull(score.Size);
        var setId = inputSchema.Select(ScoreColumns.SetIdOf).DefaultIfEmpty().Max() + 1;
        return RowMapper.Adding(inputSchema,
        [
            MappedColumn.Computed(
                predictedLabelColumn,
                new KeyDataViewType(typeof(uint), score.Size),
                ScoreColumns.PredictedLabelAnnotations(setId, keyValues),
                [feature.Index],
                row => MakePredictedLabel(row, bound)),
            MappedColumn.Computed(
                scoreColumn,
                score,
                ScoreColumns.ScoreAnnotations(setId, keyValues, source),
                [feature.Index],
                row => MakeScore(row, bound)),
        ]);
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(MulticlassPredictionTransformer.VersionInfo());
        base.SaveModel(ctx);
        ctx.SaveStringOrNull(labelColumn);
        ctx.SaveString(scoreColumn);
        ctx.SaveString(predictedLabelColumn);
    }

    /// <summary>The key values of the label in the training data, if it has one for every score.</summary>
    private DataViewSchema.Column? KeyValuesOrNull(int classes)
    {
        var label = labelColumn is null ? null : TrainSchema.GetColumnOrNull(labelColumn);
        return label?.Type is KeyDataViewType key && key.Count == (ulong)classes
            && label.Value.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.KeyValues)?.Type is VectorDataViewType { Size: var size } && size == classes
            ? label
            : null;
    }

    private static ValueGetter<VBuffer<float>> MakeScore(DataViewRow row, ISchemaBoundRowMapper bound) =>
        bound.GetRow(row, bound.OutputSchema).GetGetter<VBuffer<float>>(bound.OutputSchema[0]);

    private static ValueGetter<uint> MakePredictedLabel(DataViewRow row, ISchemaBoundRowMapper bound)
    {
        var score = MakeScore(row, bound);
        VBuffer<float> scores = default;
        return (ref uint key) =>
        {
            score(ref scores);
            key = 0;
            var best = float.NegativeInfinity;
            foreach (var (slot, value) in scores.Items(all: true))
            {
                if (value > best)
                {
                    best = value;
                    key = (uint)slot + 1;
                }
            }
        };
    }
}

/// <summary>Loads multiclass scorers.</summary>
internal static class MulticlassPredictionTransformer
{
    public const string LoaderSignature = "MulticlassPredXfer";

    public static VersionInfo VersionInfo() => new("MC  PRED", 1, 1, 1, typeof(MulticlassPredictionTransformer).Assembly.FullName, LoaderSignature);

    public static ITransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(VersionInfo());
        ctx.LoadModel<object, SignatureLoadModel>(env, out var model, "Model");
        DataViewSchema schema = null;
        env.CheckDecode(ctx.TryLoadBinaryStream("TrainSchema", reader => schema = SchemaCodec.Read(reader)), "The scorer's training schema is missing.");
        var feature = ctx.LoadString();
        var label = ctx.LoadStringOrNull();
        var score = ctx.LoadString();
        return (ITransformer)GetterTypes.Call(
            typeof(MulticlassPredictionTransformer), nameof(Make), [model.GetType()], env, model, schema, feature, label, score, ctx.LoadString());
    }

    private static MulticlassPredictionTransformer<TModel> Make<TModel>(
        IHostEnvironment env, TModel model, DataViewSchema schema, string feature, string label, string score, string predictedLabel)
        where TModel : class => new(env, model, schema, feature, label, score, predictedLabel);
}
