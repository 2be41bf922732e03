using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Makes the Score column of a model, with the classes as its slot names. ML.NET's own mapper would name the slots for text labels only, and a confusion matrix knows its
/// classes by them.
/// </summary>
internal sealed class ScoreMapper(SalMulticlassModelParameters model, IReadOnlyList<string>? classNames) : IBindableCanSaveOnnx
{
    public SalMulticlassModelParameters Model { get; } = model;

    public ISchemaBoundMapper Bind(IHostEnvironment env, RoleMappedSchema schema)
    {
        if (schema.Feature is not { } features)
        {
            throw new InvalidOperationException("The data to score has no feature column.");
        }

        if (features.Type is not VectorDataViewType { IsKnownSize: true } vector || vector.ItemType != NumberDataViewType.Single || vector.Size != Model.FeatureCount)
        {
            throw new InvalidOperationException(
                $"The feature column '{features.Name}' is {features.Type}, but the model was trained on a vector of {Model.FeatureCount} Single values. "
                + "Score with the same transforms as in training.");
        }

        return new BoundScoreMapper(this, schema, features, OutputSchema());
    }

    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => ((ICanSaveOnnx)Model).CanSaveOnnx(ctx);

    bool IBindableCanSaveOnnx.SaveAsOnnx(OnnxContext ctx, RoleMappedSchema schema, string[] outputNames)
    {
        OnnxExport.CheckColumns(ctx, schema.Schema, schema.Feature!.Value.Name); // Bind has seen to it that there is a feature column
        return ((ISingleCanSaveOnnx)Model).SaveAsOnnx(ctx, outputNames, ctx.GetVariableName(schema.Feature!.Value.Name));
    }

    private DataViewSchema OutputSchema()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        AddText(annotations, AnnotationUtils.Kinds.ScoreColumnKind, AnnotationUtils.Const.ScoreColumnKind.MulticlassClassification);
        AddText(annotations, AnnotationUtils.Kinds.ScoreValueKind, AnnotationUtils.Const.ScoreValueKind.Score);
        if (classNames?.Count == Model.ClassCount)
        {
            ReadOnlyMemory<char>[] names = [.. classNames.Select(name => name.AsMemory())];
            annotations.Add<VBuffer<ReadOnlyMemory<char>>>(
                AnnotationUtils.Kinds.SlotNames,
                new VectorDataViewType(TextDataViewType.Instance, names.Length),
                (ref VBuffer<ReadOnlyMemory<char>> value) => value = new VBuffer<ReadOnlyMemory<char>>(names.Length, names));
        }

        var schema = new DataViewSchema.Builder();
        schema.AddColumn(AnnotationUtils.Const.ScoreValueKind.Score, new VectorDataViewType(NumberDataViewType.Single, Model.ClassCount), annotations.ToAnnotations());
        return schema.ToSchema();
    }

    private static void AddText(DataViewSchema.Annotations.Builder annotations, string kind, string text) =>
        annotations.Add<ReadOnlyMemory<char>>(kind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = text.AsMemory());
}
