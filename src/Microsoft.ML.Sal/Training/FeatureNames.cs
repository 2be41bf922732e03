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

    /// <summary>Describes features that have one value, or none, in all rows.</summary>
    /// <param name="features">The feature column.</param>
    /// <param name="constant">The indices of these features, at least one.</param>
    /// <param name="count">The number of all features.</param>
    public static string DescribeConstant(DataViewSchema.Column features, IReadOnlyList<int> constant, int count)
    {
        string list = List(features, constant);
        bool isOne = constant.Count == 1;
        string of = $"of the {count} features in '{features.Name}'";
        return isOne
            ? $"One {of} has the same value in all rows to learn from, or none, and is ignored: {list}. "
                + "Leave it out, or check where the values come from."
            : $"{constant.Count} {of} have the same value in all rows to learn from, or none, and are ignored: {list}. "
                + "Leave them out, or check where the values come from.";
    }

    /// <summary>Describes features that are infinite in a row.</summary>
    /// <param name="features">The feature column.</param>
    /// <param name="infinite">The indices of these features, at least one.</param>
    public static string DescribeInfinite(DataViewSchema.Column features, IReadOnlyList<int> infinite) =>
        $"Infinite values in '{features.Name}', in {List(features, infinite)}, count as the largest and smallest that the model tells "
        + "apart. Check where they come from, such as a division by 0, or make them missing (NaN).";

    private static string List(DataViewSchema.Column features, IReadOnlyList<int> slots)
    {
        IReadOnlyList<string> names = Read(features);
        return NameList.Join(slots.Count, index => slots[index] < names.Count && names[slots[index]].Length > 0
            ? NameList.Quote(names[slots[index]])
            : $"slot {slots[index]}");
    }
}
