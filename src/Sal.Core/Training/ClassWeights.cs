using Sal.Core.Data;

namespace Sal.Core.Training;

/// <summary>What the example weights of a class are multiplied by.</summary>
internal static class ClassWeights
{
    /// <summary>The weight of each class: 1, or rows / (classes met x rows of the class) for unbalanced sets, where rows count by their example weights.</summary>
    public static float[] Of(TrainingSet set, bool isUnbalanced)
    {
        var weights = new float[set.ClassCount];
        if (!isUnbalanced)
        {
            Array.Fill(weights, 1f);
            return weights;
        }

        var totals = new double[set.ClassCount];
        for (int row = 0; row < set.RowCount; row++)
        {
            totals[set.Label(row)] += set.Weight(row);
        }

        double share = totals.Sum() / totals.Count(total => total > 0);
        for (int label = 0; label < weights.Length; label++)
        {
            weights[label] = totals[label] > 0 ? (float)(share / totals[label]) : 0;
        }

        return weights;
    }
}
