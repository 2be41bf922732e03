using Sal.Core.Numerics;

namespace Sal.Core.Data;

/// <summary>
/// Draws rows for splits and permutations. A draw depends on its arguments alone, not on threads, the machine or earlier draws.
/// </summary>
public static class RowSampling
{
    /// <summary>Draws a random order of rows.</summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="draw">The number of the draw: draws with different numbers are independent of each other.</param>
    /// <returns>The numbers from 0 to <paramref name="count"/> - 1, shuffled.</returns>
    public static int[] GetPermutation(int count, int seed, int draw)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Shuffle(count, new KeyedRandom(seed, RandomPurpose.Permutation, draw));
    }

    /// <summary>
    /// Holds out the same fraction of the rows of each class, to the nearest row. Each class of two rows or more has at least one row in
    /// both parts; a class of one row is not held out.
    /// </summary>
    /// <param name="classes">The class of each row, from 0.</param>
    /// <param name="groups">
    /// The group of each row, from 0: rows of one group are in the same part, which takes precedence over all else. Empty if each row is
    /// a group of its own.
    /// </param>
    /// <param name="fraction">The fraction to hold out, between 0 and 1, both exclusive.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>For each row, 1 if it is held out, else 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is out of range.</exception>
    /// <exception cref="ArgumentException">There are groups, but not one for each row.</exception>
    public static int[] HoldOutStratified(ReadOnlySpan<int> classes, ReadOnlySpan<int> groups, double fraction, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(fraction, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(fraction, 1);
        return Assign(classes, groups, new StratifiedParts([1 - fraction, fraction], FirstHasAllClasses: true), seed);
    }

    /// <summary>Deals rows to folds, so that each class is spread over the folds as evenly as its number of rows allows.</summary>
    /// <param name="classes">The class of each row, from 0.</param>
    /// <param name="groups">
    /// The group of each row, from 0: rows of one group are in the same fold, which takes precedence over all else. Empty if each row is
    /// a group of its own.
    /// </param>
    /// <param name="numberOfFolds">The number of folds, 2 or more.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The fold of each row, from 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds.</exception>
    /// <exception cref="ArgumentException">There are groups, but not one for each row.</exception>
    public static int[] DealStratified(ReadOnlySpan<int> classes, ReadOnlySpan<int> groups, int numberOfFolds, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numberOfFolds, 2);
        double[] shares = [.. Enumerable.Repeat(1.0 / numberOfFolds, numberOfFolds)];
        return Assign(classes, groups, new StratifiedParts(shares, FirstHasAllClasses: false), seed);
    }

    private static int[] Assign(ReadOnlySpan<int> classes, ReadOnlySpan<int> groups, StratifiedParts parts, int seed)
    {
        if (!groups.IsEmpty && groups.Length != classes.Length)
        {
            throw new ArgumentException($"There are {groups.Length} groups of rows for {classes.Length} rows.", nameof(groups));
        }

        var rows = new GroupedRows(classes, groups);
        int[] order = Shuffle(rows.GroupCount, new KeyedRandom(seed, RandomPurpose.StratifiedSplit));
        return new StratifiedAssignment(rows, parts).Assign(order);
    }

    private static int[] Shuffle(int count, KeyedRandom random)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        random.Shuffle(order);
        return order;
    }
}
