using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.AutoML;
using Microsoft.ML.SearchSpace;

namespace Sweep;

/// <summary>Keeps what AutoML tells of its trials.</summary>
/// <param name="pipeline">The pipeline that is searched.</param>
/// <param name="trainers">Its trainers: a name, and how the values of their search space are read.</param>
internal sealed class TrialRecord(SweepablePipeline pipeline, IReadOnlyDictionary<SweepableEstimator, (string Name, Func<Parameter, object> Read)> trainers) : IMonitor
{
    private const string PipelineKey = "_pipeline_";
    private const string SchemaKey = "_SCHEMA_";

    private readonly List<Trial> _trials = [];
    private TrialSettings? _running;
    private long _start;

    /// <summary>The trials; one that was still running at the end counts as cancelled.</summary>
    public IReadOnlyList<Trial> Trials => _running is { } running ? [.. _trials, ToTrial(running, null, Elapsed, "cancelled")] : _trials;

    public Trial? Best { get; private set; }

    public Parameter? BestParameter { get; private set; }

    private double Elapsed => Stopwatch.GetElapsedTime(_start).TotalSeconds;

    public void ReportRunningTrial(TrialSettings settings) => (_running, _start) = (settings, Stopwatch.GetTimestamp());

    public void ReportCompletedTrial(TrialResult result)
    {
        _running = null;
        _trials.Add(ToTrial(result.TrialSettings, result.Metric, result.DurationInMilliseconds / 1000, ""));
    }

    public void ReportBestTrial(TrialResult result) => (Best, BestParameter) = (_trials[^1], result.TrialSettings.Parameter[PipelineKey]);

    public void ReportFailTrial(TrialSettings settings, Exception? exception = null)
    {
        _running = null;
        _trials.Add(ToTrial(settings, null, Elapsed, exception is OperationCanceledException ? "cancelled" : exception?.Message ?? "failed"));
    }

    private Trial ToTrial(TrialSettings settings, double? accuracy, double seconds, string remark)
    {
        Parameter proposed = settings.Parameter[PipelineKey];
        string[] keys = proposed[SchemaKey].AsType<string>().Split([' ', '*', '(', ')', '+'], StringSplitOptions.RemoveEmptyEntries);
        foreach (string key in keys)
        {
            if (trainers.TryGetValue(pipeline.Estimators[key], out (string Name, Func<Parameter, object> Read) trainer))
            {
                return new Trial(settings.TrialId + 1, trainer.Name, TrialTable.Describe(trainer.Read(proposed[key])), accuracy, seconds, remark);
            }
        }

        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Trial {settings.TrialId} has no trainer that is known."));
    }
}
