using Microsoft.ML.Data;
using Sal.Core.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Passes ML.NET's vectors to the engine as they are, dense or sparse.</summary>
internal static class FeatureVectors
{
    /// <summary>Finds the feature column that a model of so many features reads.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="name">The name of the column.</param>
    /// <param name="length">The number of features.</param>
    /// <param name="parameter">The caller's parameter that names the column.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column, or it is of another type.</exception>
    public static DataViewSchema.Column FindColumn(IDataView data, string name, int length, string parameter)
    {
        if (data.Schema.GetColumnOrNull(name) is not { } column)
        {
            string present = NameList.Columns(data.Schema.Select(known => known.Name));
            throw new ArgumentOutOfRangeException(parameter, name, $"There is no feature column '{name}'. The data has {present}.");
        }

        return Mismatch(column, length) is { } mismatch ? throw new ArgumentOutOfRangeException(parameter, name, mismatch) : column;
    }

    /// <summary>Says what is wrong with a feature column; null where it fits a model of so many features.</summary>
    public static string? Mismatch(DataViewSchema.Column column, int length) =>
        column.Type is VectorDataViewType { IsKnownSize: true } vector
        && vector.ItemType == NumberDataViewType.Single
        && vector.Size == length
            ? null
            : $"The feature column '{column.Name}' is {column.Type}, but the model was trained on a vector of {length} Single values. "
                + "Use the same transforms as in training.";

    /// <summary>Gets a vector of unknown origin as the engine reads it, without a copy.</summary>
    /// <param name="features">The vector.</param>
    /// <param name="length">The length that it must have.</param>
    /// <exception cref="InvalidOperationException">The vector has another length, or its indices do not ascend.</exception>
    public static FeatureVector ToFeatureVector(this in VBuffer<float> features, int length) => Convert(in features, length, null);

    /// <summary>Gets the vector of a row as the engine reads it, without a copy.</summary>
    /// <param name="features">The vector.</param>
    /// <param name="length">The length that it must have.</param>
    /// <param name="column">The column that it comes from.</param>
    /// <param name="position">The row that it comes from, from 0.</param>
    /// <exception cref="InvalidOperationException">The vector has another length, or its indices do not ascend.</exception>
    public static FeatureVector ToFeatureVector(this in VBuffer<float> features, int length, string column, long position) =>
        Convert(in features, length, (column, position));

    private static FeatureVector Convert(in VBuffer<float> features, int length, (string Column, long Row)? place)
    {
        if (features.Length != length)
        {
            throw new InvalidOperationException($"{Row(place)} has {features.Length} features instead of {length}.");
        }

        if (features.IsDense)
        {
            return new FeatureVector(features.GetValues());
        }

        try
        {
            return new FeatureVector(length, features.GetIndices(), features.GetValues());
        }
        catch (ArgumentException)
        {
            int[] indices = features.GetIndices().ToArray();
            throw new InvalidOperationException(
                $"{Row(place)} has a sparse vector whose indices are {NameList.Join(indices.Length, i => $"{indices[i]}")}: they must "
                + $"ascend and be below its length, {length}.");
        }
    }

    private static string Row((string Column, long Row)? place) =>
        place is { } known ? $"The row at position {known.Row} (from 0) of the column '{known.Column}'" : "The row";
}
