using Sal.Benchmarks.Contenders;

namespace Sal.Benchmarks.Speed;

/// <summary>Compares SAL with ML.NET's own multiclass trainers, all called through ML.NET with their defaults.</summary>
internal static class MLNetSpeed
{
    private static readonly MLNetTrainerSpeed _sal = new(MLNetTrainer.Sal);
    private static readonly MLNetTrainerSpeed[] _peers = [.. MLNetTrainer.Peers.Select(peer => new MLNetTrainerSpeed(peer))];

    /// <summary>Gets the ratios by key; each takes the number of pairs to measure.</summary>
    public static IReadOnlyList<(string Key, Func<int, Ratio> Measure)> Ratios { get; } =
    [
        .. _peers.Select(peer => Compare(
            $"train_vs_{peer.Name}_mlnet", "seconds to train to the end, digits", peer, speed => speed.SecondsToTrain())),
        ("transform_batch_gain", pairs => Ratio.Measure(
            "transform_batch_gain",
            $"Transform / row by row, rows per second, one thread, {MLNetTrainerSpeed.ScoredSet}",
            "at least 4",
            pairs,
            _sal.TransformedRowsPerSecond,
            _sal.RowByRowPerSecond)),
        .. _peers.Select(peer => Compare(
            $"transform_vs_{peer.Name}",
            $"rows per second of Transform, one thread, {MLNetTrainerSpeed.ScoredSet}",
            peer,
            speed => speed.TransformedRowsPerSecond())),
        .. _peers.Select(peer => Compare(
            $"engine_vs_{peer.Name}",
            $"predictions per second of a PredictionEngine, {MLNetTrainerSpeed.ScoredSet}",
            peer,
            speed => speed.PredictionsPerSecond())),
    ];

    /// <summary>Gets the bytes that a prediction allocates, by key.</summary>
    public static IReadOnlyList<(string Key, Func<long> Find)> Bytes { get; } =
        [.. _peers.Prepend(_sal).Select(speed => ($"engine_bytes_{speed.Name}", (Func<long>)speed.BytesPerPrediction))];

    private static (string Key, Func<int, Ratio> Measure) Compare(
        string key, string what, MLNetTrainerSpeed peer, Func<MLNetTrainerSpeed, double> measure) =>
        (key, pairs => Ratio.Measure(
            key, $"SAL / {peer.Name}, {what}, defaults", key == "transform_vs_lightgbm" ? "at least 60" : "none", pairs, () => measure(_sal), () => measure(peer)));
}
