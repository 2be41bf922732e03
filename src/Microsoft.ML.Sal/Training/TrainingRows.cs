using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Sal.Core.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Reads rows once, into the engine's own packed form.</summary>
internal static class TrainingRows
{
    /// <summary>Reads validation rows, which must have the features and classes of the training rows.</summary>
    /// <exception cref="InvalidOperationException">The features or classes differ, or there are no usable rows.</exception>
    public static TrainingSet ReadValidation(
        IChannel channel, RoleMappedData training, RoleMappedData validation, long? memoryBudget, CancellationToken cancellationToken)
    {
        DataViewSchema.Column features = training.Schema.Feature!.Value, others = validation.Schema.Feature!.Value;
        if (FeatureCount(others) != FeatureCount(features))
        {
            throw new InvalidOperationException(
                $"The feature column '{others.Name}' of the validation set is {others.Type}, but that of the training set is "
                + $"{features.Type}. Apply the same transforms to both.");
        }

        ClassSet classes = ClassSet.Of(validation.Schema.Label!.Value, " of the validation set");
        ClassSet known = ClassSet.Of(training.Schema.Label!.Value) with { Owner = "the training set" };
        int[]? places = ClassMatching.Match(classes, known);
        if (places is null && (classes.Names is null) != (known.Names is null))
        {
            channel.Warning(MessageSensitivity.Schema, ClassMatching.CannotCompare(classes, known));
        }

        return Collect(channel, validation, isTraining: false, places, memoryBudget, cancellationToken);
    }

    /// <summary>Reads training rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number of features or of classes is unknown or too large.</exception>
    /// <exception cref="InvalidOperationException">There are no rows to learn from, or they all belong to one class.</exception>
    /// <exception cref="OperationCanceledException">Training was canceled.</exception>
    public static TrainingSet Read(IChannel channel, RoleMappedData data, long? memoryBudget, CancellationToken cancellationToken)
    {
        return Collect(channel, data, isTraining: true, null, memoryBudget, cancellationToken);
    }

    private static TrainingSet Collect(
        IChannel channel, RoleMappedData data, bool isTraining, int[]? places, long? memoryBudget, CancellationToken cancellationToken)
    {
        string use = isTraining ? "training" : "validation";
        DataViewSchema.Column label = data.Schema.Label!.Value;
        DataViewSchema.Column features = data.Schema.Feature!.Value;
        DataViewSchema.Column? weight = data.Schema.Weight;
        int featureCount = FeatureCount(features);
        int classCount = ClassCount(label);

        using var builder = new TrainingSetBuilder(featureCount, classCount, memoryBudget) { ClassNames = LabelNames.Read(label) };
        var unusable = new UnusableRows(use, data, builder);
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
                getLabel(ref key);
                getFeatures(ref buffer);
                getWeight?.Invoke(ref rowWeight);

                // Keys count from 1; 0 is a missing label.
                int classIndex = key <= (ulong)classCount ? (int)key - 1 : -1;
                if (places is not null && classIndex >= 0)
                {
                    classIndex = places[classIndex];
                }

                FeatureVector vector = buffer.ToFeatureVector(featureCount, features.Name, cursor.Position);
                unusable.Count(cursor.Position, builder.TryAdd(in vector, classIndex, rowWeight));
            }
        }

        unusable.CheckAnyIsLeft();
        if (unusable.DescribeSkipped() is { } skipped)
        {
            channel.Warning(MessageSensitivity.Schema, skipped);
        }

        TrainingSet rows = builder.Build();
        if (isTraining && rows.OnlyClass is { } only)
        {
            using (rows)
            {
                throw unusable.OneClass(only);
            }
        }

        return rows;
    }

    private static int FeatureCount(DataViewSchema.Column features) =>
        features.Type is VectorDataViewType { IsKnownSize: true, Size: > 0 and <= TrainingSetBuilder.MaximumFeatureCount } vector
            ? vector.Size
            : throw new ArgumentOutOfRangeException(
                paramName: null,
                $"The feature column '{features.Name}' is {features.Type}, "
                + $"but the trainer needs a vector of Single of known size, 1 to {TrainingSetBuilder.MaximumFeatureCount}.");

    private static int ClassCount(DataViewSchema.Column label)
    {
        ulong count = (label.Type as KeyDataViewType)?.Count ?? 0;
        return count switch
        {
            0 => throw new InvalidOperationException(
                $"The label column '{label.Name}' is a key without values: no row that MapValueToKey was fitted on has a label. "
                + "Check the column's index and the separator of the loader."),
            > TrainingSetBuilder.MaximumClassCount => throw new ArgumentOutOfRangeException(
                paramName: null,
                $"The label column '{label.Name}' has {count} classes; at most {TrainingSetBuilder.MaximumClassCount} are possible."),
            _ => (int)count,
        };
    }
}
