using Sal.Core.Data;
using Sal.Core.Network;
using Sal.Core.Scoring;

namespace Sal.Core.Training.Routing;

/// <summary>The area of each training row.</summary>
/// <param name="areas">The areas by row, or null where all rows are in area 0.</param>
internal readonly struct RowAreas(int[]? areas)
{
    /// <summary>The rows that a worker routes at once.</summary>
    public const int RowsPerItem = 256;

    /// <summary>Gets the areas of rows that are all in area 0.</summary>
    public static RowAreas Single => new(null);

    public int this[int row] => areas is null ? 0 : areas[row];

    /// <summary>Routes every row.</summary>
    /// <param name="set">The rows.</param>
    /// <param name="router">The router.</param>
    /// <param name="transform">What is done to the features.</param>
    /// <param name="team">Who shares the work.</param>
    /// <param name="limits">What can end it.</param>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static RowAreas Route(TrainingSet set, Router router, InputTransform transform, WorkerTeam team, TrainingLimits limits)
    {
        if (router.NumberOfAreas == 1)
        {
            return Single;
        }

        var areas = new int[set.RowCount];
        AreaScorer[] scorers = [.. Enumerable.Range(0, team.Size).Select(_ => new AreaScorer(transform, router.IsSparse, RowsPerItem))];
        team.Run((set.RowCount + RowsPerItem - 1) / RowsPerItem, (item, worker) =>
        {
            limits.ThrowIfCancelled();
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
