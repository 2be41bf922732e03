using System.Diagnostics;
using Sal.Core.Training;

namespace Sal.Benchmarks.Speed;

/// <summary>
/// Measures what it costs the threads to wait for each other. A training step has two barriers, however deep the network is: one after the
/// rows have passed through all layers, and one after the units of all layers were updated. No layer waits for the update of another one.
/// </summary>
internal static class BarrierCost
{
    private const int BarriersPerStep = 2;
    private const int Jobs = 20_000;

    /// <summary>Measures the seconds of two barriers between two threads that have nothing else to do.</summary>
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
