namespace Microsoft.ML.Data;

/// <summary>The annotations of the columns that a multiclass scorer adds.</summary>
internal static class ScoreColumns
{
    public static uint SetIdOf(DataViewSchema.Column column)
    {
        uint id = 0;
        if (column.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.ScoreColumnSetId)?.Type is KeyDataViewType)
        {
            column.Annotations.GetValue(AnnotationUtils.Kinds.ScoreColumnSetId, ref id);
        }

        return id;
    }

    public static DataViewSchema.Annotations PredictedLabelAnnotations(uint setId, DataViewSchema.Column? label)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        AddText(builder, AnnotationUtils.Kinds.ScoreColumnKind, AnnotationUtils.Const.ScoreColumnKind.MulticlassClassification);
        AddText(builder, AnnotationUtils.Kinds.ScoreValueKind, AnnotationUtils.Const.ScoreValueKind.PredictedLabel);
        builder.Add(label?.Annotations, kind => kind == AnnotationUtils.Kinds.KeyValues);
        builder.AddPrimitiveValue(AnnotationUtils.Kinds.ScoreColumnSetId, AnnotationUtils.ScoreColumnSetIdType, setId);
        return builder.ToAnnotations();
    }

    /// <summary>The label's key values stand as TrainingLabelValues, and as slot names if they are text and the model has named none itself.</summary>
    public static DataViewSchema.Annotations ScoreAnnotations(uint setId, DataViewSchema.Column? label, DataViewSchema.Column source)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        AddText(builder, AnnotationUtils.Kinds.ScoreColumnKind, AnnotationUtils.Const.ScoreColumnKind.MulticlassClassification);
        builder.AddPrimitiveValue(AnnotationUtils.Kinds.ScoreColumnSetId, AnnotationUtils.ScoreColumnSetIdType, setId);
        AddText(builder, AnnotationUtils.Kinds.ScoreValueKind, AnnotationUtils.Const.ScoreValueKind.Score);
        builder.Add(source.Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames);
        if (label?.Annotations.Schema[AnnotationUtils.Kinds.KeyValues] is { } values)
        {
            var getter = label.Value.Annotations.GetGetterOf(values.Index);
            builder.Add(AnnotationUtils.Kinds.TrainingLabelValues, values.Type, getter);
            if (values.Type.ItemType() is TextDataViewType && source.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.SlotNames) is null)
            {
                builder.Add(AnnotationUtils.Kinds.SlotNames, values.Type, getter);
            }
        }

        return builder.ToAnnotations();
    }

    private static void AddText(DataViewSchema.Annotations.Builder builder, string kind, string text) =>
        builder.AddPrimitiveValue(kind, TextDataViewType.Instance, text.AsMemory());
}
