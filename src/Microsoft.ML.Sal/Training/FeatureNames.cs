using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Reads the names of the features: the slot names of the feature column.</summary>
internal static class FeatureNames
{
    /// <summary>Reads one name per feature, empty where a feature has none; an empty list where the column has no names.</summary>
    public static IReadOnlyList<string> Read(DataViewSchema.Column features)
    {
        if (!features.HasSlotNames())
        {
            return [];
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        features.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    /// <summary>Describes features that have one value in all rows.</summary>
    /// <param name="features">The feature column.</param>
    /// <param name="constant">The indices of these features, at least one.</param>
    /// <param name="count">The number of all features.</param>
    public static string DescribeConstant(DataViewSchema.Column features, IReadOnlyList<int> constant, int count)
    {
        IReadOnlyList<string> names = Read(features);
        string list = NameList.Join(constant.Count, Describe);
        bool isOne = constant.Count == 1;
        string of = $"of the {count} features in '{features.Name}'";
        return isOne
            ? $"One {of} has the same value in all rows to learn from and is ignored: {list}. "
                + "Leave it out, or check where the values come from."
            : $"{constant.Count} {of} have the same value in all rows to learn from and are ignored: {list}. "
                + "Leave them out, or check where the values come from.";

        string Describe(int index) => constant[index] < names.Count && names[constant[index]].Length > 0
            ? NameList.Quote(names[constant[index]])
            : $"slot {constant[index]}";
    }
}
