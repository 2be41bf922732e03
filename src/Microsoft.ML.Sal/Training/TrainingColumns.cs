using Microsoft.ML.Data;
using static Microsoft.ML.SchemaShape.Column;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Names the columns that the trainer reads, and checks their types before any row is read.</summary>
internal sealed record TrainingColumns(string Label, string Features, string? Weight)
{
    public static TrainingColumns From(SalMulticlassTrainer.Options options) =>
        new(Name(options.LabelColumnName, nameof(options.LabelColumnName)),
            Name(options.FeatureColumnName, nameof(options.FeatureColumnName)),
            string.IsNullOrEmpty(options.ExampleWeightColumnName) ? null : options.ExampleWeightColumnName);

    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    public void Check(SchemaShape schema)
    {
        CheckFeatures(Find(
            schema,
            Features,
            "feature",
            "Concatenate the feature columns into it, or set FeatureColumnName to the vector column that holds the features."));
        CheckLabel(Find(schema, Label, "label", "Set LabelColumnName to the key column that holds the class."));
        if (Weight is not null)
        {
            CheckWeight(Find(
                schema,
                Weight,
                "example weight",
                "Set ExampleWeightColumnName to the column that holds the weights, or to null for equal weights."));
        }
    }

    private static string Name(string? name, string option) => string.IsNullOrWhiteSpace(name)
        ? throw new ArgumentOutOfRangeException(option, name, $"{option} is empty. Set it to the name of a column.")
        : name;

    private static SchemaShape.Column Find(SchemaShape schema, string name, string role, string advice)
    {
        foreach (SchemaShape.Column column in schema)
        {
            if (column.Name == name)
            {
                return column;
            }
        }

        string present = NameList.Columns(schema.Select(column => column.Name));
        throw Mismatch($"There is no {role} column '{name}'. {advice} The data has {present}.");
    }

    private static void CheckFeatures(SchemaShape.Column column)
    {
        if (!column.IsKey && column.ItemType == NumberDataViewType.Single)
        {
            switch (column.Kind)
            {
                case VectorKind.Vector:
                    return;
                case VectorKind.VariableVector:
                    throw Mismatch(
                        $"The feature column '{column.Name}' is a vector of unknown size or of size 0, "
                        + "but the trainer needs one size for all rows. "
                        + "Fix the size where the column is made: [VectorType(n)] on the property, a range in LoadColumn, "
                        + "or a transform with vectors of known size.");
                default:
                    throw Mismatch(
                        $"The feature column '{column.Name}' is a single value, but the trainer needs a vector. "
                        + $"Make one: mlContext.Transforms.Concatenate(\"Features\", \"{column.Name}\").");
            }
        }

        throw Mismatch(
            $"The feature column '{column.Name}' is {TypeOf(column)}, but the trainer needs a known-size vector of Single. "
            + $"Convert it: mlContext.Transforms.Conversion.ConvertType(\"{column.Name}\", outputKind: DataKind.Single).");
    }

    private static void CheckLabel(SchemaShape.Column column)
    {
        if (column.Kind != VectorKind.Scalar || !column.IsKey)
        {
            throw Mismatch(
                $"The label column '{column.Name}' is {TypeOf(column)}, but the trainer needs a key. "
                + $"Make one: mlContext.Transforms.Conversion.MapValueToKey(\"{column.Name}\").");
        }
    }

    private static void CheckWeight(SchemaShape.Column column)
    {
        if (column.Kind != VectorKind.Scalar || column.IsKey || column.ItemType != NumberDataViewType.Single)
        {
            throw Mismatch(
                $"The example weight column '{column.Name}' is {TypeOf(column)}, but the trainer needs Single. "
                + $"Convert it: mlContext.Transforms.Conversion.ConvertType(\"{column.Name}\", outputKind: DataKind.Single).");
        }
    }

    private static string TypeOf(SchemaShape.Column column)
    {
        string item = column.IsKey ? $"a key over {column.ItemType}" : $"{column.ItemType}";
        return column.Kind == VectorKind.Scalar ? item : $"a vector of {item}";
    }

    // The exception type that ML.NET's own trainers throw for a schema that does not fit.
    private static ArgumentOutOfRangeException Mismatch(string message) => new(paramName: null, message);
}
