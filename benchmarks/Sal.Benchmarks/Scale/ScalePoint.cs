using System.Text.Json.Serialization;

namespace Sal.Benchmarks.Scale;

/// <summary>The cost of training at one size.</summary>
/// <param name="Axis">What grows: width, depth, areas, rows, dense or sparse.</param>
/// <param name="Size">How large it is at this point.</param>
/// <param name="Rows">The number of training rows; the more each costs, the fewer.</param>
/// <param name="ActiveParameters">The number of parameters that a row uses.</param>
/// <param name="TotalParameters">The number of parameters of all areas.</param>
/// <param name="MicrosecondsPerRow">The time of the fastest epoch, per row.</param>
/// <param name="BytesPerParameter">The managed memory per parameter of all areas.</param>
/// <param name="ManagedMegabytes">The managed memory in use after an epoch, including the training set.</param>
/// <param name="PeakMegabytes">The largest working set of the process so far.</param>
internal sealed record ScalePoint(
    string Axis,
    int Size,
    int Rows,
    long ActiveParameters,
    long TotalParameters,
    [property: JsonPropertyName("us_per_row")] double MicrosecondsPerRow,
    double BytesPerParameter,
    [property: JsonPropertyName("managed_mb")] double ManagedMegabytes,
    [property: JsonPropertyName("peak_mb")] double PeakMegabytes)
{
    public string Kind => "scale";

    /// <summary>Gets the nanoseconds per parameter that a row uses.</summary>
    [JsonPropertyName("ns_per_active_parameter")]
    public double NanosecondsPerParameter => MicrosecondsPerRow * 1e3 / ActiveParameters;
}
