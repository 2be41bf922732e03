namespace Sal.Core.Data;

/// <summary>Describes the parts that rows are split into.</summary>
/// <param name="Shares">The share of the rows that each part should have; their sum is 1.</param>
/// <param name="FirstHasAllClasses">Whether a class that cannot be in all parts must be in the first.</param>
internal sealed record StratifiedParts(double[] Shares, bool FirstHasAllClasses);

/// <summary>
/// Assigns groups of rows to parts one by one, each to the part that lacks its classes most: where it lowers the chi-square statistic of
/// the classes' counts in the parts, sum over classes and parts of (count - expected)^2 / expected, most. For groups of one row, this
/// gives each part its share of each class, to the nearest row.
/// </summary>
internal sealed class StratifiedAssignment
{
    private readonly GroupedRows _rows;
    private readonly StratifiedParts _parts;
    private readonly int[] _partOfRow;
    private readonly int[] _totals;         // rows per class
    private readonly int[,] _counts;        // rows assigned so far, parts x classes
    private readonly int[] _sizes;          // rows assigned so far, per part
    private readonly int[] _partsWithClass; // per class
    private readonly int[] _groupCounts;    // rows of the current group, per class
    private readonly List<int> _groupClasses = []; // the classes of the current group

    public StratifiedAssignment(GroupedRows rows, StratifiedParts parts)
    {
        (_rows, _parts) = (rows, parts);
        int classCount = rows.Classes.Length == 0 ? 0 : rows.Classes.Max() + 1;
        _partOfRow = new int[rows.Classes.Length];
        _totals = new int[classCount];
        _counts = new int[parts.Shares.Length, classCount];
        _sizes = new int[parts.Shares.Length];
        _partsWithClass = new int[classCount];
        _groupCounts = new int[classCount];
        foreach (int classIndex in rows.Classes)
        {
            _totals[classIndex]++;
        }
    }

    /// <summary>Assigns all groups.</summary>
    /// <param name="order">The groups in random order.</param>
    /// <returns>The part of each row.</returns>
    public int[] Assign(int[] order)
    {
        // First the smallest groups that bring a class to a part without it, so that rare classes are in all parts at the least cost.
        // Then the others, large ones first: the small ones level what these leave uneven.
        long[] bySize = [.. order.Select((group, place) => ((long)_rows.RowsOf(group).Length << 32) | (uint)place)];
        Array.Sort(bySize);
        var others = new Stack<int>();
        foreach (long place in bySize)
        {
            int group = order[(int)place];
            Count(group);
            if (IsMissing())
            {
                Assign(group, BestPart(group));
            }
            else
            {
                others.Push(group);
            }
        }

        foreach (int group in others)
        {
            Count(group);
            Assign(group, BestPart(group));
        }

        return _partOfRow;
    }

    private void Count(int group)
    {
        foreach (int classIndex in _groupClasses)
        {
            _groupCounts[classIndex] = 0;
        }

        _groupClasses.Clear();
        foreach (int row in _rows.RowsOf(group))
        {
            int classIndex = _rows.Classes[row];
            if (_groupCounts[classIndex]++ == 0)
            {
                _groupClasses.Add(classIndex);
            }
        }
    }

    // Whether a part lacks a class of the current group.
    private bool IsMissing()
    {
        foreach (int classIndex in _groupClasses)
        {
            if (_partsWithClass[classIndex] < _sizes.Length)
            {
                return true;
            }
        }

        return false;
    }

    private int BestPart(int group)
    {
        int size = _rows.RowsOf(group).Length;
        int best = 0;
        var bestCost = Cost(0, size);
        for (int part = 1; part < _sizes.Length; part++)
        {
            var cost = Cost(part, size);
            if (cost.CompareTo(bestCost) < 0)
            {
                (best, bestCost) = (part, cost);
            }
        }

        return best;
    }

    // In order of precedence: classes that the part has already, the change of the classes' chi-square, that of the sizes' chi-square.
    private (int Present, double Classes, double Size) Cost(int part, int size)
    {
        double share = _parts.Shares[part];
        int absent = 0;
        double classes = 0;
        foreach (int classIndex in _groupClasses)
        {
            absent += _counts[part, classIndex] == 0 ? 1 : 0;
            classes += Change(_counts[part, classIndex], share * _totals[classIndex], _groupCounts[classIndex]);
        }

        int weight = part == 0 && _parts.FirstHasAllClasses ? _groupClasses.Count + 1 : 1;
        return (-absent * weight, classes, Change(_sizes[part], share * _partOfRow.Length, size));
    }

    // (count + added - expected)^2 / expected - (count - expected)^2 / expected
    private static double Change(int count, double expected, int added) => added * ((2 * (count - expected)) + added) / expected;

    private void Assign(int group, int part)
    {
        foreach (int row in _rows.RowsOf(group))
        {
            _partOfRow[row] = part;
        }

        foreach (int classIndex in _groupClasses)
        {
            _partsWithClass[classIndex] += _counts[part, classIndex] == 0 ? 1 : 0;
            _counts[part, classIndex] += _groupCounts[classIndex];
        }

        _sizes[part] += _rows.RowsOf(group).Length;
    }
}
