using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Sal.Core.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Reads rows once, into the engine's own packed form.</summary>
internal static class TrainingRows
{
    /// <summary>Reads validation rows, which must have the features and classes of the training rows.</summary>
    /// <exception cref="InvalidOperationException">The classes differ, or there are no usable rows.</exception>
    public static TrainingSet ReadValidation(
        IChannel channel, RoleMappedData training, RoleMappedData validation, long? memoryBudget, CancellationToken cancellationToken)
    {
        DataViewSchema.Column label = validation.Schema.Label!.Value;
        IReadOnlyList<string>? names = ClassNames.Read(label), expected = ClassNames.Read(training.Schema.Label!.Value);
        if (names is not null && expected is not null && !names.SequenceEqual(expected))
        {
            throw new InvalidOperationException(
                $"The label column '{label.Name}' of the validation set has other key values than that of the training set: "
                + "the same key would mean different classes. Transform both with the same fitted MapValueToKey.");
        }

        return Collect(channel, validation, "validation", memoryBudget, cancellationToken);
    }

    /// <summary>Reads training rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number of features or of classes is unknown or too large.</exception>
    /// <exception cref="InvalidOperationException">There are no rows to learn from, or they all belong to one class.</exception>
    /// <exception cref="OperationCanceledException">Training was canceled.</exception>
    public static TrainingSet Read(IChannel channel, RoleMappedData data, long? memoryBudget, CancellationToken cancellationToken)
    {
        TrainingSet rows = Collect(channel, data, "training", memoryBudget, cancellationToken);
        if (rows.OnlyClass is { } only)
        {
            using (rows)
            {
                throw OneClass(data.Schema.Label!.Value, only, rows.RowCount);
            }
        }

        return rows;
    }

    private static TrainingSet Collect(
        IChannel channel, RoleMappedData data, string use, long? memoryBudget, CancellationToken cancellationToken)
    {
        DataViewSchema.Column label = data.Schema.Label!.Value;
        DataViewSchema.Column features = data.Schema.Feature!.Value;
        DataViewSchema.Column? weight = data.Schema.Weight;
        int featureCount = FeatureCount(features);
        int classCount = ClassCount(label);

        using var builder = new TrainingSetBuilder(featureCount, classCount, memoryBudget);
        long read = 0;
        IEnumerable<DataViewSchema.Column> columns = weight is null ? [label, features] : [label, features, weight.Value];
        using (DataViewRowCursor cursor = data.Data.GetRowCursor(columns))
        {
            ValueGetter<ulong> getLabel = LabelKey.CreateGetter(cursor, label);
            ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(features);
            ValueGetter<float>? getWeight = weight is null ? null : cursor.GetGetter<float>(weight.Value);
            ulong key = 0;
            float rowWeight = 1;
            VBuffer<float> buffer = default;
            while (cursor.MoveNext())
            {
                // The transforms in front may take long per row, so the token is checked for each one.
                cancellationToken.ThrowIfCancellationRequested();
                read++;
                getLabel(ref key);
                getFeatures(ref buffer);
                getWeight?.Invoke(ref rowWeight);

                // Keys count from 1; 0 is a missing label.
                int classIndex = key <= (ulong)classCount ? (int)key - 1 : -1;
                builder.TryAdd(buffer.ToFeatureVector(featureCount), classIndex, rowWeight);
            }
        }

        string skipped = Skipped(builder, label.Name, features.Name, weight?.Name);
        CheckUsable(builder, read, use, skipped);
        if (builder.SkippedRows > 0)
        {
            channel.Warning(MessageSensitivity.Schema, $"Skipped {builder.SkippedRows} of {read} {use} rows: {skipped}.");
        }

        return builder.Build();
    }

    private static int FeatureCount(DataViewSchema.Column features) =>
        features.Type is VectorDataViewType { IsKnownSize: true, Size: > 0 and <= TrainingSetBuilder.MaximumFeatureCount } vector
            ? vector.Size
            : throw new ArgumentOutOfRangeException(
                nameof(features),
                $"The feature column '{features.Name}' is {features.Type}, "
                + $"but the trainer needs a vector of Single of known size, 1 to {TrainingSetBuilder.MaximumFeatureCount}.");

    private static int ClassCount(DataViewSchema.Column label)
    {
        ulong count = (label.Type as KeyDataViewType)?.Count ?? 0;
        return count switch
        {
            0 => throw new InvalidOperationException(
                $"The label column '{label.Name}' is a key without values: no row has a label. "
                + "Check the column that MapValueToKey was given."),
            > TrainingSetBuilder.MaximumClassCount => throw new ArgumentOutOfRangeException(
                nameof(label),
                $"The label column '{label.Name}' has {count} classes; at most {TrainingSetBuilder.MaximumClassCount} are possible."),
            _ => (int)count,
        };
    }

    private static string Skipped(TrainingSetBuilder builder, string label, string features, string? weight)
    {
        List<string> reasons = [];
        if (builder.SkippedMissingLabel > 0)
        {
            reasons.Add($"{builder.SkippedMissingLabel} with a missing label in '{label}'");
        }

        if (builder.SkippedNonFiniteFeatures > 0)
        {
            reasons.Add($"{builder.SkippedNonFiniteFeatures} with NaN or infinite features in '{features}'");
        }

        if (builder.SkippedUnusableWeight > 0)
        {
            reasons.Add($"{builder.SkippedUnusableWeight} with a negative, NaN or infinite weight in '{weight}'");
        }

        return string.Join(", ", reasons);
    }

    private static void CheckUsable(TrainingSetBuilder builder, long read, string use, string skipped)
    {
        if (read == 0)
        {
            throw new InvalidOperationException(
                $"The {use} data has no rows. Check the file or the collection it is loaded from, and filters before the trainer.");
        }

        if (builder.RowCount == 0)
        {
            string reasons = skipped.Length > 0 ? skipped : "all weigh 0";
            throw new InvalidOperationException(
                $"None of the {read} {use} rows can be used: {reasons}. "
                + "Repair or replace missing values before the trainer, for instance with ReplaceMissingValues.");
        }
    }

    private static InvalidOperationException OneClass(DataViewSchema.Column label, int only, int rowCount)
    {
        string name = ClassNames.Read(label) is { } names ? $"'{names[only]}'" : $"key {only + 1}";
        return new InvalidOperationException(
            $"The label column '{label.Name}' has one class only ({name}) in the {rowCount} rows to learn from; "
            + "classification needs two or more. Check how the label is loaded and how the rows were split.");
    }
}
