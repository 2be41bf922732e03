using System.Text.Json.Serialization;

namespace Sal.Benchmarks.Scale;

/// <summary>What training costs at one size.</summary>
/// <param name="Axis">What grows: width, depth, areas, rows, dense, sparse.</param>
/// <param name="Size">How large it is.</param>
/// <param name="Rows">Rows of the training set, fewer where each costs more.</param>
/// <param name="ActiveParameters">Parameters that a row uses.</param>
/// <param name="TotalParameters">Parameters of all areas.</param>
/// <param name="MicrosecondsPerRow">The time of the fastest epoch, for each row.</param>
/// <param name="BytesPerParameter">Managed memory, for each parameter of all areas.</param>
/// <param name="ManagedMegabytes">Managed memory in use after an epoch, training set included.</param>
/// <param name="PeakMegabytes">The largest working set of the process so far.</param>
internal sealed record ScalePoint(
    [property: JsonPropertyName("axis")] string Axis,
    [property: JsonPropertyName("size")] int Size,
    [property: JsonPropertyName("rows")] int Rows,
    [property: JsonPropertyName("active_parameters")] long ActiveParameters,
    [property: JsonPropertyName("total_parameters")] long TotalParameters,
    [property: JsonPropertyName("us_per_row")] double MicrosecondsPerRow,
    [property: JsonPropertyName("bytes_per_parameter")] double BytesPerParameter,
    [property: JsonPropertyName("managed_mb")] double ManagedMegabytes,
    [property: JsonPropertyName("peak_mb")] double PeakMegabytes)
{
    [JsonPropertyName("kind")]
    public string Kind => "scale";

    /// <summary>Nanoseconds for each parameter that a row uses.</summary>
    [JsonPropertyName("ns_per_active_parameter")]
    public double NanosecondsPerParameter => MicrosecondsPerRow * 1e3 / ActiveParameters;
}
