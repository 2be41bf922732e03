namespace Sal.Core.Data;

/// <summary>Computes the factors by which the example weights of each class are multiplied.</summary>
internal static class ClassWeights
{
    /// <summary>
    /// Computes one factor for all classes, rows / (sum of weights), or, for unbalanced sets, one factor per class, rows / (classes with
    /// rows x sum of the class's weights). The weights of all rows then have mean 1, whatever their unit.
    /// </summary>
    public static double[] Compute(TrainingSet set, bool isUnbalanced)
    {
        var totals = new double[set.ClassCount];
        for (int row = 0; row < set.RowCount; row++)
        {
            totals[set.Label(row)] += set.Weight(row);
        }

        int classesMet = totals.Count(total => total > 0);
        double sum = totals.Sum();
        return [.. totals.Select(total => total == 0 ? 0 : set.RowCount / (isUnbalanced ? classesMet * total : sum))];
    }
}
