using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Names the columns of <see cref="SalContributionTransformer"/>.</summary>
/// <param name="Features">The column of the features.</param>
/// <param name="Contributions">The new column of contributions.</param>
internal sealed record ContributionColumns(string Features, string Contributions)
{
    /// <summary>Gets the new column with the name of the class that the predicted one is compared with.</summary>
    public string OtherClass => $"{Contributions}OtherClass";

    /// <summary>Gets the new column with the log-odds of the baseline.</summary>
    public string Baseline => $"{Contributions}Baseline";

    /// <summary>Finds the column of the features.</summary>
    /// <param name="schema">The schema of the scored rows.</param>
    /// <param name="size">The number of features that the model reads.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column, or it is of another type.</exception>
    public DataViewSchema.Column FindFeatures(DataViewSchema schema, int size)
    {
        if (schema.GetColumnOrNull(Features) is not { } column)
        {
            throw Mismatch(
                $"There is no feature column '{Features}'. Append the transform after the model that it explains. "
                + $"The data has {NameList.Columns(schema.Select(known => known.Name))}.");
        }

        return FeatureVectors.Mismatch(column, size) is { } mismatch ? throw Mismatch(mismatch) : column;
    }

    /// <summary>Checks the column of the features.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column, or it is of another type.</exception>
    public void CheckFeatures(SchemaShape shape)
    {
        bool isVector = shape.Any(column => column.Name == Features
            && column.Kind == SchemaShape.Column.VectorKind.Vector && column.ItemType == NumberDataViewType.Single && !column.IsKey);
        if (!isVector)
        {
            throw Mismatch(
                $"There is no feature column '{Features}' that is a known-size vector of Single. Append the transform after the model that "
                + $"it explains. The data has {NameList.Columns(shape.Select(known => known.Name))}.");
        }
    }

    // The exception type that ML.NET's own estimators throw for a schema that does not fit.
    private static ArgumentOutOfRangeException Mismatch(string message) => new(paramName: null, message);
}
