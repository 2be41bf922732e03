using Sal.Core.Numerics;

namespace Sal.Core.Data;

/// <summary>Splits off rows for validation.</summary>
internal static class Holdout
{
    /// <summary>Holds out the same fraction of each class, chosen at random. Each class keeps at least one row for training.</summary>
    public static (TrainingSet Training, TrainingSet? Validation) Split(TrainingSet set, double fraction, int seed)
    {
        if (fraction == 0)
        {
            return (set, null);
        }

        int[] rows = [.. Enumerable.Range(0, set.RowCount)];
        new KeyedRandom(seed, RandomPurpose.Holdout).Shuffle(rows);
        ILookup<int, int> classes = rows.ToLookup(set.Label);
        var held = new HashSet<int>(classes.SelectMany(rowsOfClass => rowsOfClass.Take((int)(rowsOfClass.Count() * fraction))));
        return held.Count == 0
            ? (set, null)
            : (set.Subset([.. Enumerable.Range(0, set.RowCount).Where(row => !held.Contains(row))]), set.Subset([.. held.Order()]));
    }
}
