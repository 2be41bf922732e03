using System.Diagnostics;
using Sal.Core.Training;

namespace Sal.Benchmarks.Speed;

/// <summary>
/// What waiting for each other costs. A training step has two barriers, however deep the network is: one after the rows have passed through all layers, and one after the units of
/// all layers were updated. No layer waits for another one's update.
/// </summary>
internal static class BarrierCost
{
    private const int BarriersPerStep = 2;
    private const int Jobs = 20_000;

    /// <summary>The seconds of two barriers between two threads that have nothing else to do.</summary>
    public static double SecondsPerStep()
    {
        using var team = new WorkerTeam(2);
        Action<int, int> nothing = static (_, _) => { };
        team.Run(2, nothing);
        long start = Stopwatch.GetTimestamp();
        for (int job = 0; job < Jobs; job++)
        {
            team.Run(2, nothing);
        }

        return BarriersPerStep * Stopwatch.GetElapsedTime(start).TotalSeconds / Jobs;
    }
}
