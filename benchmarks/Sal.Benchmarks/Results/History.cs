using System.Globalization;
using Sal.Core.Training;

namespace Sal.Benchmarks.Results;

/// <summary>The course of one training, as a line of a results file: a value for each epoch, to four significant digits.</summary>
internal sealed record History
{
    /// <summary>The kind of such lines.</summary>
    public const string LineKind = "history";

    public string Kind { get; init; } = LineKind;

    public required string Set { get; init; }

    public required string Contender { get; init; }

    public required int Seed { get; init; }

    /// <summary>The epochs before the partition.</summary>
    public required int SharedEpochs { get; init; }

    public required double[] TrainingLoss { get; init; }

    public required double[] TrainingAccuracy { get; init; }

    /// <summary>Null without validation rows.</summary>
    public double[]? ValidationLoss { get; init; }

    /// <summary>Null without validation rows.</summary>
    public double[]? ValidationAccuracy { get; init; }

    /// <summary>The rows of each area in the last epoch.</summary>
    public required int[] AreaLoads { get; init; }

    public static History Of(string set, string contender, int seed, IReadOnlyList<SalEpoch> epochs) => new()
    {
        Set = set,
        Contender = contender,
        Seed = seed,
        SharedEpochs = epochs.Count(epoch => epoch.Phase == TrainingPhase.Shared),
        TrainingLoss = [.. epochs.Select(epoch => Rounded(epoch.TrainingLoss))],
        TrainingAccuracy = [.. epochs.Select(epoch => Rounded(epoch.TrainingAccuracy))],
        ValidationLoss = epochs.All(epoch => epoch.ValidationLoss is not null) ? [.. epochs.Select(epoch => Rounded(epoch.ValidationLoss!.Value))] : null,
        ValidationAccuracy = epochs.All(epoch => epoch.ValidationAccuracy is not null) ? [.. epochs.Select(epoch => Rounded(epoch.ValidationAccuracy!.Value))] : null,
        AreaLoads = [.. epochs[^1].AreaLoads],
    };

    private static double Rounded(double value) => double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
