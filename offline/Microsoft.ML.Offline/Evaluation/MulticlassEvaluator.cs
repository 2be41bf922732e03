namespace Microsoft.ML.Data;

/// <summary>Counts scored rows. The predicted class is that of the highest score; rows without a label, or with a score that is NaN, do not count.</summary>
internal sealed class MulticlassEvaluator
{
    /// <summary>Probabilities are clamped from below before their logarithm is taken, to this number as a Single.</summary>
    private const float SmallestProbability = 1e-15f;

    private readonly int classes;
    private readonly double[][] counts;
    private readonly double[] lossSums;
    private readonly long[] rowsAtRank;
    private readonly long[] rowsOfClass;
    private double lossSum;
    private long rows;
    private long correct;

    private MulticlassEvaluator(int classes)
    {
        this.classes = classes;
        counts = [.. Enumerable.Range(0, classes).Select(_ => new double[classes])];
        lossSums = new double[classes];
        rowsAtRank = new long[classes];
        rowsOfClass = new long[classes];
    }

    public static MulticlassClassificationMetrics Evaluate(IDataView data, string labelName, string scoreName, string predictedLabelName, int topK)
    {
        var label = Find(data.Schema, labelName, "Label");
        var score = Find(data.Schema, scoreName, "Score");
        Find(data.Schema, predictedLabelName, "PredictedLabel");
        if (score.Type is not VectorDataViewType { Size: >= 2 } vector || vector.ItemType != NumberDataViewType.Single)
        {
            throw Mismatch(score, "score", "vector of two or more items of type Single");
        }

        if (label.Type is not KeyDataViewType && label.Type != NumberDataViewType.Single)
        {
            throw Mismatch(label, "label", "Single or Key");
        }

        var evaluator = new MulticlassEvaluator(vector.Size);
        using var cursor = data.GetRowCursor([label, score]);
        var getLabel = MakeLabelGetter(cursor, label);
        var getScores = cursor.GetGetter<VBuffer<float>>(score);
        VBuffer<float> buffer = default;
        var scores = new float[vector.Size];
        while (cursor.MoveNext())
        {
            var labelClass = getLabel();
            getScores(ref buffer);
            buffer.CopyTo(scores);
            if (labelClass >= 0 && !scores.Any(float.IsNaN))
            {
                evaluator.Add(labelClass, scores);
            }
        }

        return evaluator.ToMetrics(topK, ClassNames(score, vector.Size));
    }

    private void Add(int label, float[] scores)
    {
        rows++;
        if (label >= classes)
        {
            // A class that training never saw is always wrong, and in none of the tables.
            lossSum += -Math.Log(SmallestProbability);
            return;
        }

        rowsOfClass[label]++;
        var loss = -Math.Log(Math.Clamp(scores[label], SmallestProbability, 1));
        lossSum += loss;
        lossSums[label] += loss;

        var predicted = Array.IndexOf(scores, scores.Max());
        counts[label][predicted]++;
        correct += predicted == label ? 1 : 0;

        // Among equal scores the first class comes first.
        var rank = scores.Where((score, i) => score > scores[label] || (score == scores[label] && i < label)).Count();
        rowsAtRank[rank]++;
    }

    private MulticlassClassificationMetrics ToMetrics(int topK, ReadOnlyMemory<char>[] names)
    {
        var recall = counts.Select((row, i) => Ratio(row[i], row.Sum())).ToArray();
        var precision = counts.Select((row, i) => Ratio(row[i], counts.Sum(other => other[i]))).ToArray();
        var seen = Enumerable.Range(0, classes).Where(i => rowsOfClass[i] > 0).ToArray();
        var logLoss = Ratio(lossSum, rows);
        var prior = -seen.Sum(i => (double)rowsOfClass[i] / rows * Math.Log((double)rowsOfClass[i] / rows));
        var cumulated = 0.0;
        var topKAccuracies = topK > 0 ? rowsAtRank.Take(topK).Select(count => cumulated += Ratio(count, rows)).ToArray() : null;
        return new MulticlassClassificationMetrics(
            accuracyMicro: Ratio(correct, rows),
            accuracyMacro: Ratio(seen.Sum(i => recall[i]), seen.Length),
            logLoss: logLoss,
            logLossReduction: 1 - (logLoss / prior),
            topKPredictionCount: topK,
            topKAccuracies: topKAccuracies,
            perClassLogLoss: [.. lossSums.Select((sum, i) => Ratio(sum, rowsOfClass[i]))],
            confusionMatrix: new ConfusionMatrix(precision, recall, counts, names));
    }

    private static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;

    private static DataViewSchema.Column Find(DataViewSchema schema, string name, string role) =>
        schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(schema), $"{name} column '{role}' not found");

    private static ArgumentOutOfRangeException Mismatch(DataViewSchema.Column column, string role, string expected) =>
        new("schema", $"Schema mismatch for {role} column '{column.Name}': expected {expected}, got {column.Type}");

    /// <summary>The class counted from 0, or -1 if the label is missing or no class number.</summary>
    private static Func<int> MakeLabelGetter(DataViewRow row, DataViewSchema.Column label)
    {
        if (label.Type is KeyDataViewType)
        {
            var key = (ValueGetter<int>)KeyGetter.Make(row, label, value => (int)value - 1);
            return () =>
            {
                var value = -1;
                key(ref value);
                return value;
            };
        }

        var number = row.GetGetter<float>(label);
        return () =>
        {
            var value = float.NaN;
            number(ref value);
            return value >= 0 && value == (int)value ? (int)value : -1;
        };
    }

    private static ReadOnlyMemory<char>[] ClassNames(DataViewSchema.Column score, int classes)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        if (score.HasSlotNames())
        {
            score.GetSlotNames(ref names);
            return [.. names.DenseValues()];
        }

        return [.. Enumerable.Range(0, classes).Select(i => ValueText.Of(i).AsMemory())];
    }
}
