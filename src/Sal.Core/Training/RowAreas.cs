using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Numerics;

namespace Sal.Core.Training;

/// <summary>The area of each training row.</summary>
/// <param name="areas">The areas by row, or null where all rows are in area 0.</param>
internal readonly struct RowAreas(int[]? areas)
{
    /// <summary>Rows that a worker asks the router for at once.</summary>
    public const int RowsPerItem = 256;

    /// <summary>All rows in area 0.</summary>
    public static RowAreas Single => new(null);

    public int this[int row] => areas is null ? 0 : areas[row];

    /// <summary>Asks the router for the area of every row.</summary>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static RowAreas Route(Router router, TrainingSet set, InputTransform transform, WorkerTeam team, TrainingLimits limits)
    {
        var areas = new int[set.RowCount];
        var inputs = new InputRows[team.Size];
        var scores = new PanelMatrix[team.Size];
        for (int worker = 0; worker < team.Size; worker++)
        {
            inputs[worker] = new InputRows(set.FeatureCount, RowsPerItem, set.IsSparse);
            scores[worker] = new PanelMatrix(RowsPerItem, router.NumberOfAreas);
        }

        team.Run((set.RowCount + RowsPerItem - 1) / RowsPerItem, (item, worker) =>
        {
            limits.ThrowIfCancelled();
            int start = item * RowsPerItem;
            int count = Math.Min(RowsPerItem, set.RowCount - start);
            inputs[worker].Clear();
            for (int i = 0; i < count; i++)
            {
                inputs[worker].Set(i, set, start + i, transform);
            }

            router.Score(inputs[worker], 0, count, scores[worker]);
            for (int i = 0; i < count; i++)
            {
                areas[start + i] = router.Select(scores[worker], i);
            }
        });
        return new RowAreas(areas);
    }

    /// <summary>The rows of each area, in order.</summary>
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
