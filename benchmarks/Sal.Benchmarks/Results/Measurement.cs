using System.Text.Json.Serialization;

namespace Sal.Benchmarks.Results;

/// <summary>One run of a contender on a set, as a line of a results file.</summary>
internal sealed record Measurement
{
    /// <summary>Gets the kind of the measurement: accuracy, tables, paper, depth, width or ablation.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the part of the ablations that it belongs to.</summary>
    public string? Part { get; init; }

    public required string Set { get; init; }

    public required string Contender { get; init; }

    /// <summary>Gets the line of a chart that it is a point of.</summary>
    public string? Series { get; init; }

    public required int Seed { get; init; }

    public required double MicroAccuracy { get; init; }

    public required double MacroAccuracy { get; init; }

    public required double LogLoss { get; init; }

    /// <summary>Gets the expected calibration error over 15 bins; 0 where it was not measured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double CalibrationError { get; init; }

    public required double TrainSeconds { get; init; }

    [JsonPropertyName("score_us")]
    public required double ScoreMicroseconds { get; init; }

    public long? ActiveParameters { get; init; }

    public long? TotalParameters { get; init; }

    public int? Areas { get; init; }

    public int? Layers { get; init; }

    public double? LearningRate { get; init; }

    /// <summary>Gets what identifies the run: of two measurements with the same key, the later one counts.</summary>
    [JsonIgnore]
    public (string Kind, string? Part, string Set, string Contender, int Seed) Key => (Kind, Part, Set, Contender, Seed);
}
