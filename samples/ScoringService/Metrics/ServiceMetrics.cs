using System.Diagnostics.Metrics;
using ScoringService.Models;

namespace ScoringService.Metrics;

/// <summary>What the service itself counts. Requests and their durations are counted by ASP.NET Core's own instruments.</summary>
internal sealed class ServiceMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "ScoringService";

    private readonly Meter _meter;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _reloads;
    private readonly Counter<long> _rejections;

    public ServiceMetrics(IMeterFactory meters, ModelCatalog catalog)
    {
        _meter = meters.Create(MeterName);
        _rows = _meter.CreateCounter<long>("scoring.rows", description: "Rows scored.");
        _reloads = _meter.CreateCounter<long>("scoring.model.reloads", description: "Changed model files, by what became of them.");
        _rejections = _meter.CreateCounter<long>("scoring.rejections", description: "Predictions that were answered with 429.");
        _meter.CreateObservableGauge(
            "scoring.model.info",
            () => catalog.Models.Select(model => new Measurement<int>(1, new("model", model.Name), new("version", model.Current.Version), new("scorer", model.Current.ScorerName))),
            description: "The version of each model that answers.");
    }

    /// <summary>Rows were scored.</summary>
    public void Scored(string model, int rows) => _rows.Add(rows, new KeyValuePair<string, object?>("model", model));

    /// <summary>A prediction was refused, as there are too many.</summary>
    public void Rejected() => _rejections.Add(1);

    /// <summary>Shows the number of predictions in progress.</summary>
    public void Observe(Func<int> predictionsInProgress) =>
        _meter.CreateObservableGauge("scoring.predictions.active", predictionsInProgress, description: "Predictions in progress.");

    /// <summary>A changed file was taken, or was bad.</summary>
    public void Reloaded(string model, bool succeeded) =>
        _reloads.Add(1, new KeyValuePair<string, object?>("model", model), new KeyValuePair<string, object?>("result", succeeded ? "succeeded" : "failed"));

    public void Dispose() => _meter.Dispose();
}
