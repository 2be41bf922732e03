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
        int classCount = LabelReader.CountClasses(label);

        using var builder = new TrainingSetBuilder(featureCount, classCount, memoryBudget) { ClassNames = LabelNames.Read(label) };
        var unusable = new UnusableRows(use, data, builder);
        SuspiciousRows? suspicious = isTraining ? new SuspiciousRows(data.Schema, classCount) : null;
        IEnumerable<DataViewSchema.Column> columns = weight is null ? [label, features] : [label, features, weight.Value];
        using (DataViewRowCursor cursor = data.Data.GetRowCursor(columns))
        {
            var labels = new LabelReader(cursor, label);
            var vectors = new FeatureReader(cursor, features, featureCount);
            ValueGetter<float>? getWeight = weight is null ? null : cursor.GetGetter<float>(weight.Value);
            float rowWeight = 1;
            while (cursor.MoveNext())
            {
                // The transforms in front may take long per row, so the token is checked for each one.
                cancellationToken.ThrowIfCancellationRequested();
                int classIndex = labels.Read();
                FeatureVector vector = vectors.Read();
                getWeight?.Invoke(ref rowWeight);
                if (places is not null && classIndex >= 0)
                {
                    classIndex = places[classIndex];
                }

                bool isUsed = builder.TryAdd(in vector, classIndex, rowWeight);
                unusable.Count(in vector, isUsed, cursor.Position);
                suspicious?.Count(classIndex, in vector, isUsed, rowWeight, cursor.Position);
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

        suspicious?.Report(channel, rows);
        return rows;
    }

    private static int FeatureCount(DataViewSchema.Column features) =>
        features.Type is VectorDataViewType { IsKnownSize: true, Size: > 0 and <= TrainingSetBuilder.MaximumFeatureCount } vector
            ? vector.Size
            : throw new ArgumentOutOfRangeException(
                paramName: null,
                $"The feature column '{features.Name}' is {features.Type}, "
                + $"but the trainer needs a vector of Single of known size, 1 to {TrainingSetBuilder.MaximumFeatureCount}.");
}
