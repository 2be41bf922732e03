using Microsoft.ML.Data;
using Sal.Core.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Says why rows cannot be learned from: each cause under its own name, with what to do about it.</summary>
/// <param name="use">What the rows are for: training or validation.</param>
/// <param name="data">The rows, with the columns that are read.</param>
/// <param name="builder">What the rows are added to; it counts those that it skips.</param>
internal sealed class UnusableRows(string use, RoleMappedData data, TrainingSetBuilder builder)
{
    private readonly DataViewSchema.Column _label = data.Schema.Label!.Value;
    private long _read;
    private bool _hasNumbers; // whether a feature of a row that was added is not NaN
    private long? _firstMissingLabel;
    private long? _firstUnusableWeight;

    // Of [KeyType] or KeyCount. MapValueToKey names its keys, and makes one key without a name where it met no label.
    private bool IsNumbered => LabelNames.Read(_label) is null && _label.Type is KeyDataViewType { Count: > 1 };

    // The labels that keys without names have, as programs count them.
    private string Range => $"0 to {builder.ClassCount - 1}";

    // What the file begins with shows a wrong separator at once.
    private string Source => TextSource.Describe(data.Data);

    /// <summary>Counts a row, and notes where the first row of each kind was skipped.</summary>
    /// <param name="features">The row's features.</param>
    /// <param name="isAdded">Whether the builder took it.</param>
    /// <param name="position">The position of the row, from 0.</param>
    public void Count(in FeatureVector features, bool isAdded, long position)
    {
        _read++;
        _hasNumbers = _hasNumbers || (isAdded && HasNumber(in features));
        if (!isAdded)
        {
            _firstMissingLabel ??= builder.SkippedMissingLabel > 0 ? position : null;
            _firstUnusableWeight ??= builder.SkippedUnusableWeight > 0 ? position : null;
        }
    }

    /// <summary>Describes the rows that were skipped; null where none was.</summary>
    public string? DescribeSkipped() =>
        builder.SkippedRows == 0 ? null : $"Skipped {builder.SkippedRows} of {_read} {use} rows: {Reasons()}.";

    /// <summary>Refuses rows of which none is left.</summary>
    /// <exception cref="InvalidOperationException">No rows came, none can be used, or all features are missing.</exception>
    public void CheckAnyIsLeft()
    {
        if (_read == 0)
        {
            throw new InvalidOperationException(
                $"The {use} data has no rows: the file is empty or holds a header only, the collection is empty, or a filter, a split or "
                + $"a fold before the trainer leaves none.{Source}");
        }

        if (builder.RowCount > 0)
        {
            CheckNumbers();
            return;
        }

        if (builder.SkippedMissingLabel == _read)
        {
            throw new InvalidOperationException(
                $"None of the {_read} {use} rows has a label: in each, the column '{_label.Name}' is "
                + (IsNumbered
                    ? $"missing or out of range: its labels must be {Range}, as they count from 0 with [KeyType]. Correct the labels, or "
                        + "the number in [KeyType]."
                    : "empty or a value that its key does not have. Check the column's index and the separator of the loader (a tab where "
                        + "none is given), and that MapValueToKey was fitted on these values.")
                + Source);
        }

        string advice = builder.SkippedUnusableWeight > 0 ? " Correct the weights, or train without them." : "";
        throw new InvalidOperationException(
            $"None of the {_read} {use} rows can be used: {(builder.SkippedRows > 0 ? Reasons() : "all weigh 0")}.{advice}{Source}");
    }

    /// <summary>Describes rows that are all of one class.</summary>
    /// <param name="only">The class, from 0.</param>
    public InvalidOperationException OneClass(int only)
    {
        string name = LabelNames.Describe(LabelNames.Read(_label), only);
        string skipped = builder.SkippedRows == 0 ? "" : $" Skipped: {Reasons()}.";
        return new InvalidOperationException(
            $"The label column '{_label.Name}' has one class only, {name}, in the rows to learn from ({builder.RowCount} of {_read} rows "
            + $"read); classification needs two or more.{skipped} Check the column's index and the separator of the loader, and, where "
            + $"these rows are a fold or a part of a split, whether the split keeps rows of each class on both sides.{Source}");
    }

    // Text that is read as a number is NaN.
    private void CheckNumbers()
    {
        if (!_hasNumbers)
        {
            throw new InvalidOperationException(
                $"The features in '{data.Schema.Feature!.Value.Name}' are missing (NaN) in all {builder.RowCount} {use} rows. Check that "
                + $"their columns hold numbers, and that the loader's hasHeader is set where the file has a header.{Source}");
        }
    }

    private static bool HasNumber(in FeatureVector features)
    {
        if (!features.IsDense && features.Values.Length < features.Length)
        {
            return true; // a zero
        }

        foreach (float value in features.Values)
        {
            if (!float.IsNaN(value))
            {
                return true;
            }
        }

        return false;
    }

    private string Reasons()
    {
        List<string> reasons = [];
        if (_firstMissingLabel is { } label)
        {
            string range = IsNumbered ? $" (labels of [KeyType] are {Range}, and any other is missing)" : "";
            reasons.Add($"{builder.SkippedMissingLabel} with a missing label in '{_label.Name}'{range}, {First(label)}");
        }

        if (_firstUnusableWeight is { } weight)
        {
            string column = data.Schema.Weight!.Value.Name;
            reasons.Add($"{builder.SkippedUnusableWeight} with a negative, NaN or infinite weight in '{column}', {First(weight)}");
        }

        return string.Join("; ", reasons);
    }

    private static string First(long position) => $"the first at position {position} (from 0)";
}
