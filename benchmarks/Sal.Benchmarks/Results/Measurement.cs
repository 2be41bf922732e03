using System.Text.Json.Serialization;

namespace Sal.Benchmarks.Results;

/// <summary>One run of a contender on a set, as a line of a results file.</summary>
internal sealed record Measurement
{
    /// <summary>What it is of: accuracy, paper, depth, width, ablation.</summary>
    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    /// <summary>The part of an ablation.</summary>
    [JsonPropertyName("part")]
    public string? Part { get; init; }

    [JsonPropertyName("set")]
    public required string Set { get; init; }

    [JsonPropertyName("contender")]
    public required string Contender { get; init; }

    /// <summary>The line of a chart that it is a point of.</summary>
    [JsonPropertyName("series")]
    public string? Series { get; init; }

    [JsonPropertyName("seed")]
    public required int Seed { get; init; }

    [JsonPropertyName("micro_accuracy")]
    public required double MicroAccuracy { get; init; }

    [JsonPropertyName("macro_accuracy")]
    public required double MacroAccuracy { get; init; }

    [JsonPropertyName("log_loss")]
    public required double LogLoss { get; init; }

    [JsonPropertyName("train_seconds")]
    public required double TrainSeconds { get; init; }

    [JsonPropertyName("score_us")]
    public required double ScoreMicroseconds { get; init; }

    [JsonPropertyName("active_parameters")]
    public long? ActiveParameters { get; init; }

    [JsonPropertyName("total_parameters")]
    public long? TotalParameters { get; init; }

    [JsonPropertyName("areas")]
    public int? Areas { get; init; }

    [JsonPropertyName("layers")]
    public int? Layers { get; init; }

    [JsonPropertyName("learning_rate")]
    public double? LearningRate { get; init; }

    /// <summary>What tells runs apart: of two with the same key the later counts.</summary>
    [JsonIgnore]
    public (string Kind, string? Part, string Set, string Contender, int Seed) Key => (Kind, Part, Set, Contender, Seed);
}
