using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

public interface ITrainerEstimator<out TTransformer, out TModel> : IEstimator<TTransformer>
    where TTransformer : IPredictionTransformer<TModel>
    where TModel : class
{
    TrainerInfo Info { get; }
}

/// <summary>Base of trainers of one feature column, a label column and perhaps a weight column.</summary>
public abstract class TrainerEstimatorBase<TTransformer, TModel> : ITrainerEstimator<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private protected readonly IHost Host;

    private protected TrainerEstimatorBase(IHost host, SchemaShape.Column feature, SchemaShape.Column label, SchemaShape.Column weight = default)
    {
        Contracts.CheckValue(host, nameof(host));
        Host = host;
        host.CheckParam(feature.IsValid, nameof(feature), "not initialized properly");
        FeatureColumn = feature;
        LabelColumn = label;
        WeightColumn = weight;
    }

    public readonly SchemaShape.Column FeatureColumn;

    public readonly SchemaShape.Column LabelColumn;

    /// <summary>The weight column; its name is null if there is none.</summary>
    public readonly SchemaShape.Column WeightColumn;

    public abstract TrainerInfo Info { get; }

    private protected abstract PredictionKind PredictionKind { get; }

    public TTransformer Fit(IDataView input) => TrainTransformer(input);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        CheckInputSchema(inputSchema);
        return inputSchema.With(GetOutputColumnsCore(inputSchema));
    }

    private protected abstract SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema);

    private protected abstract TModel TrainModelCore(TrainContext trainContext);

    private protected abstract TTransformer MakeTransformer(TModel model, DataViewSchema trainSchema);

    private protected virtual void CheckLabelCompatible(SchemaShape.Column labelCol)
    {
        if (!LabelColumn.IsCompatibleWith(labelCol))
        {
            throw Host.ExceptSchemaMismatch(nameof(labelCol), "label", labelCol.Name, LabelColumn.GetTypeString(), labelCol.GetTypeString());
        }
    }

    private protected virtual RoleMappedData MakeRoles(IDataView data) =>
        new(data, label: LabelColumn.Name, feature: FeatureColumn.Name, weight: WeightColumn.Name);

    private protected TTransformer TrainTransformer(IDataView trainSet, IDataView validationSet = null, IPredictor initPredictor = null)
    {
        Host.CheckValue(trainSet, nameof(trainSet));
        CheckInputSchema(SchemaShape.Create(trainSet.Schema));
        if (validationSet is not null)
        {
            CheckInputSchema(SchemaShape.Create(validationSet.Schema));
        }

        var training = MakeRoles(Cached(trainSet));
        var validation = validationSet is null ? null : MakeRoles(Cached(validationSet));
        var model = TrainModelCore(new TrainContext(training, validation, null, initPredictor));
        return MakeTransformer(model, trainSet.Schema);
    }

    private IDataView Cached(IDataView data) => Info.WantCaching && data is not CachedView ? new CachedView(data) : data;

    private void CheckInputSchema(SchemaShape inputSchema)
    {
        CheckColumn(FeatureColumn, "feature");
        CheckColumn(WeightColumn, "weight");
        if (LabelColumn.IsValid)
        {
            CheckLabelCompatible(inputSchema.TryFindColumn(LabelColumn.Name, out var label)
                ? label
                : throw Host.ExceptSchemaMismatch(nameof(inputSchema), "label", LabelColumn.Name));
        }

        void CheckColumn(SchemaShape.Column wanted, string role)
        {
            if (!wanted.IsValid)
            {
                return;
            }

            if (!inputSchema.TryFindColumn(wanted.Name, out var column))
            {
                throw Host.ExceptSchemaMismatch(nameof(inputSchema), role, wanted.Name);
            }

            if (!wanted.IsCompatibleWith(column))
            {
                throw Host.ExceptSchemaMismatch(nameof(inputSchema), role, wanted.Name, wanted.GetTypeString(), column.GetTypeString());
            }
        }
    }
}
