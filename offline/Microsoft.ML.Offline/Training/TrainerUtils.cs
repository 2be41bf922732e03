using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>The column shapes that trainers ask for.</summary>
internal static class TrainerUtils
{
    public static SchemaShape.Column MakeR4VecFeature(string featureColumn) =>
        new(featureColumn, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false);

    public static SchemaShape.Column MakeU4ScalarColumn(string columnName) =>
        columnName is null ? default : new(columnName, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true);

    public static SchemaShape.Column MakeR4ScalarColumn(string columnName) =>
        new(columnName, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, false);

    public static SchemaShape.Column MakeR4ScalarWeightColumn(string weightColumn) =>
        string.IsNullOrEmpty(weightColumn) ? default : MakeR4ScalarColumn(weightColumn);
}
