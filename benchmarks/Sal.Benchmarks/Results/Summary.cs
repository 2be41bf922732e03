using System.Globalization;

namespace Sal.Benchmarks.Results;

/// <summary>Sums up the runs of a contender on a set, one per seed.</summary>
internal sealed class Summary(IReadOnlyList<Measurement> runs)
{
    public string Set => runs[0].Set;

    public string Contender => runs[0].Contender;

    public string? Part => runs[0].Part;

    public int Seeds => runs.Count;

    public IReadOnlyList<Measurement> Runs => runs;

    public double MicroAccuracy => runs.Average(run => run.MicroAccuracy);

    /// <summary>Gets the sample standard deviation of the micro accuracy; 0 for one seed.</summary>
    public double Deviation => Seeds == 1 ? 0 : Math.Sqrt(runs.Sum(run => Math.Pow(run.MicroAccuracy - MicroAccuracy, 2)) / (Seeds - 1));

    public double MacroAccuracy => runs.Average(run => run.MacroAccuracy);

    public double LogLoss => runs.Average(run => run.LogLoss);

    public double CalibrationError => runs.Average(run => run.CalibrationError);

    public double TrainSeconds => runs.Average(run => run.TrainSeconds);

    public double ScoreMicroseconds => runs.Average(run => run.ScoreMicroseconds);

    public static IEnumerable<Summary> Of(IEnumerable<Measurement> measurements) =>
        measurements.GroupBy(m => (m.Kind, m.Part, m.Set, m.Contender)).Select(group => new Summary([.. group.OrderBy(m => m.Seed)]));

    /// <summary>Writes the line that closes the runs of a contender on a set.</summary>
    public string ResultLine() => string.Create(
        CultureInfo.InvariantCulture,
        $"result: set={ResultField.Value(Set)} contender={Contender} seeds={Seeds} micro_accuracy={MicroAccuracy:F4} deviation={Deviation:F4} "
        + $"macro_accuracy={MacroAccuracy:F4} log_loss={LogLoss:F3} train_seconds={TrainSeconds:F1} score_us={ScoreMicroseconds:F1}");
}
