using Microsoft.ML.Data;
using Sal.Core.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Says why rows cannot be learned from: each cause under its own name, with what to do about it.</summary>
/// <param name="use">What the rows are for: training or validation.</param>
/// <param name="read">The number of rows read.</param>
/// <param name="schema">The columns that were read.</param>
internal sealed class UnusableRows(string use, long read, RoleMappedSchema schema)
{
    private readonly DataViewSchema.Column _label = schema.Label!.Value;

    // Of [KeyType] or KeyCount. MapValueToKey names its keys, and makes one key without a name where it met no label.
    private bool IsNumbered => LabelNames.Read(_label) is null && _label.Type is KeyDataViewType { Count: > 1 };

    private string Features => schema.Feature!.Value.Name;

    /// <summary>Counts the rows that were skipped, by reason; empty where none was.</summary>
    public string DescribeSkipped(TrainingSetBuilder builder)
    {
        List<string> reasons = [];
        if (builder.SkippedMissingLabel > 0)
        {
            string range = IsNumbered ? $" (labels of [KeyType] are {Range(builder)}, and any other is missing)" : "";
            reasons.Add($"{builder.SkippedMissingLabel} with a missing label in '{_label.Name}'{range}");
        }

        if (builder.SkippedNonFiniteFeatures > 0)
        {
            reasons.Add($"{builder.SkippedNonFiniteFeatures} with NaN or infinite features in '{Features}'");
        }

        if (builder.SkippedUnusableWeight > 0)
        {
            reasons.Add($"{builder.SkippedUnusableWeight} with a negative, NaN or infinite weight in '{schema.Weight!.Value.Name}'");
        }

        return string.Join(", ", reasons);
    }

    /// <summary>Refuses rows of which none is left.</summary>
    /// <exception cref="InvalidOperationException">No rows came, or none can be used.</exception>
    public void CheckAnyIsLeft(TrainingSetBuilder builder)
    {
        if (read == 0)
        {
            throw new InvalidOperationException(
                $"The {use} data has no rows: the file is empty or holds a header only, the collection is empty, or a filter before the "
                + "trainer takes every row.");
        }

        if (builder.RowCount > 0)
        {
            return;
        }

        if (builder.SkippedMissingLabel == read)
        {
            throw new InvalidOperationException(
                $"None of the {read} {use} rows has a label: in each, the column '{_label.Name}' is "
                + (IsNumbered
                    ? $"missing or out of range: its labels must be {Range(builder)}, as they count from 0 with [KeyType]. Correct the "
                        + "labels, or the number in [KeyType]."
                    : "empty or a value that its key does not have. Check the column's index and the separator of the loader (a tab where "
                        + "none is given), and that MapValueToKey was fitted on these values."));
        }

        string skipped = DescribeSkipped(builder);
        string advice = builder.SkippedNonFiniteFeatures > 0
            ? " Replace missing features before the trainer, for instance with ReplaceMissingValues."
            : builder.SkippedUnusableWeight > 0 ? " Correct the weights, or train without them."
            : "";
        throw new InvalidOperationException(
            $"None of the {read} {use} rows can be used: {(skipped.Length > 0 ? skipped : "all weigh 0")}.{advice}");
    }

    /// <summary>Describes rows that are all of one class.</summary>
    /// <param name="only">The class, from 0.</param>
    /// <param name="rowCount">The number of rows left.</param>
    public InvalidOperationException OneClass(int only, int rowCount)
    {
        string name = LabelNames.Describe(LabelNames.Read(_label), only);
        return new InvalidOperationException(
            $"The label column '{_label.Name}' has one class only, {name}, in the {rowCount} rows to learn from (of {read} rows read); "
            + "classification needs two or more. Check the column's index and the separator of the loader, and, where these rows are a "
            + "fold or a part of a split, whether the split keeps rows of each class on both sides.");
    }

    private static string Range(TrainingSetBuilder builder) => $"0 to {builder.ClassCount - 1}";
}
