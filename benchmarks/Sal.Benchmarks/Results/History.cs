using System.Globalization;
using Sal.Core.Training;

namespace Sal.Benchmarks.Results;

/// <summary>The course of one training, as a line of a results file: a value per epoch, to four significant digits.</summary>
internal sealed record History
{
    /// <summary>The kind of these lines.</summary>
    public const string LineKind = "history";

    public string Kind { get; init; } = LineKind;

    public required string Set { get; init; }

    public required string Contender { get; init; }

    public required int Seed { get; init; }

    /// <summary>Gets the number of epochs before the partition.</summary>
    public required int SharedEpochs { get; init; }

    public required double[] TrainingLoss { get; init; }

    public required double[] TrainingAccuracy { get; init; }

    /// <summary>Gets the loss on the validation rows; null without any.</summary>
    public double[]? ValidationLoss { get; init; }

    /// <summary>Gets the accuracy on the validation rows; null without any.</summary>
    public double[]? ValidationAccuracy { get; init; }

    /// <summary>Gets the number of rows of each area in the last epoch.</summary>
    public required int[] AreaLoads { get; init; }

    public static History Of(string set, string contender, int seed, IReadOnlyList<SalEpoch> epochs) => new()
    {
        Set = set,
        Contender = contender,
        Seed = seed,
        SharedEpochs = epochs.Count(epoch => epoch.Phase == TrainingPhase.Shared),
        TrainingLoss = PerEpoch(epochs, epoch => epoch.TrainingLoss)!,
        TrainingAccuracy = PerEpoch(epochs, epoch => epoch.TrainingAccuracy)!,
        ValidationLoss = PerEpoch(epochs, epoch => epoch.ValidationLoss),
        ValidationAccuracy = PerEpoch(epochs, epoch => epoch.ValidationAccuracy),
        AreaLoads = [.. epochs[^1].AreaLoads],
    };

    private static double[]? PerEpoch(IReadOnlyList<SalEpoch> epochs, Func<SalEpoch, double?> value) =>
        epochs.All(epoch => value(epoch) is not null) ? [.. epochs.Select(epoch => Rounded(value(epoch)!.Value))] : null;

    private static double Rounded(double value) =>
        double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
