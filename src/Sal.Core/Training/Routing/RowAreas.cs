using Sal.Core.Data;
using Sal.Core.Network;
using Sal.Core.Scoring;

namespace Sal.Core.Training.Routing;

/// <summary>The area of each training row.</summary>
/// <param name="areas">The area of each row; null if all rows are in area 0.</param>
internal readonly struct RowAreas(int[]? areas)
{
    /// <summary>The number of rows that a worker routes at a time.</summary>
    public const int RowsPerItem = 256;

    /// <summary>Gets the areas if all rows are in area 0.</summary>
    public static RowAreas Single => new(null);

    public int this[int row] => areas is null ? 0 : areas[row];

    /// <summary>Routes all rows.</summary>
    /// <param name="set">The rows.</param>
    /// <param name="router">The router.</param>
    /// <param name="encoding">The encoding of the features.</param>
    /// <param name="team">The workers that share the work.</param>
    /// <param name="limits">The limits of the run.</param>
    /// <exception cref="OperationCanceledException">Training was canceled.</exception>
    public static RowAreas Route(TrainingSet set, Router router, InputEncoding encoding, WorkerTeam team, TrainingLimits limits)
    {
        if (router.NumberOfAreas == 1)
        {
            return Single;
        }

        var areas = new int[set.RowCount];
        AreaScorer[] scorers = [.. Enumerable.Range(0, team.Size).Select(_ => new AreaScorer(encoding, router.IsSparse, RowsPerItem))];
        team.Run((set.RowCount + RowsPerItem - 1) / RowsPerItem, (item, worker) =>
        {
            limits.ThrowIfCanceled();
            int start = item * RowsPerItem;
            int count = Math.Min(RowsPerItem, set.RowCount - start);
            InputRows input = scorers[worker].Input;
            input.Clear();
            for (int i = 0; i < count; i++)
            {
                input.Set(i, set.Features(start + i));
            }

            scorers[worker].Route(router, areas.AsSpan(start, count));
        });
        return new RowAreas(areas);
    }

    /// <summary>Gets the rows of each area, in order.</summary>
    public int[][] Group(int rowCount, int numberOfAreas)
    {
        var groups = new List<int>[numberOfAreas];
        for (int area = 0; area < numberOfAreas; area++)
        {
            groups[area] = [];
        }

        for (int row = 0; row < rowCount; row++)
        {
            groups[this[row]].Add(row);
        }

        return [.. groups.Select(group => group.ToArray())];
    }
}
