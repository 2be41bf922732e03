using System.Globalization;

namespace Sal.Tests;

/// <summary>
/// How many random faults a test tries: a few in every run, and as many as the environment variable SAL_FUZZ says where it is
/// set.
/// </summary>
internal static class FaultCount
{
    /// <param name="usual">Without the variable.</param>
    /// <param name="share">Of the variable's number: 1 for cheap faults, less for expensive ones.</param>
    public static int Of(int usual, double share = 1) =>
        int.TryParse(Environment.GetEnvironmentVariable("SAL_FUZZ"), CultureInfo.InvariantCulture, out int count)
            ? Math.Max(1, (int)(count * share))
            : usual;
}
