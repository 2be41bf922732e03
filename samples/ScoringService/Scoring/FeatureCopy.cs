using Microsoft.ML;
using Microsoft.ML.Data;

namespace ScoringService.Scoring;

/// <summary>A step that gives the feature column, whatever its name, a name that classes of rows can be compiled with.</summary>
internal static class FeatureCopy
{
    public const string Column = "ScoringService.Features";

    public static ITransformer Of(MLContext mlContext, string featureColumnName, int featureCount)
    {
        // Fitted on no rows: it learns nothing from them.
        SchemaDefinition definition = SchemaDefinition.Create(typeof(Row));
        SchemaDefinition.Column features = definition[nameof(Row.Values)];
        features.ColumnName = featureColumnName;
        features.ColumnType = new VectorDataViewType(NumberDataViewType.Single, featureCount);
        return mlContext.Transforms.CopyColumns(Column, featureColumnName).Fit(mlContext.Data.LoadFromEnumerable(Array.Empty<Row>(), definition));
    }

    private sealed class Row
    {
        public float[] Values { get; set; } = [];
    }
}
