using Sal.Core.Training;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Represents an epoch as a row of a data view. Its properties are the columns.</summary>
internal sealed class EpochRow
{
    public int Epoch { get; set; }

    public string Phase { get; set; } = "";

    public double LearningRate { get; set; }

    public double TrainingLoss { get; set; }

    public double TrainingAccuracy { get; set; }

    public double ValidationLoss { get; set; }

    public double ValidationAccuracy { get; set; }

    public double Seconds { get; set; }

    /// <summary>Gets or sets the rows per area. The length differs between the phases, hence a variable-size vector.</summary>
    public int[] AreaLoads { get; set; } = [];

    public static EpochRow From(SalEpoch epoch) => new()
    {
        Epoch = epoch.Epoch,
        Phase = epoch.Phase.ToString(),
        LearningRate = epoch.LearningRate,
        TrainingLoss = epoch.TrainingLoss,
        TrainingAccuracy = epoch.TrainingAccuracy,
        ValidationLoss = epoch.ValidationLoss ?? double.NaN,
        ValidationAccuracy = epoch.ValidationAccuracy ?? double.NaN,
        Seconds = epoch.Seconds,
        AreaLoads = [.. epoch.AreaLoads],
    };
}
