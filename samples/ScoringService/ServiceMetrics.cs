using Prometheus;
using ScoringService.Models;

namespace ScoringService;

/// <summary>
/// Collects the metrics of the service in a registry of its own, so that several services in one process, as in the tests, do not add up.
/// </summary>
internal sealed class ServiceMetrics
{
    private readonly Counter _rows;
    private readonly Counter _rejections;
    private readonly Counter _reloads;
    private readonly Gauge _predictionsActive;
    private readonly Gauge _modelInfo;
    private readonly Histogram _requestDurations;

    public ServiceMetrics(ModelCatalog catalog)
    {
        Registry = Metrics.NewCustomRegistry();
        DotNetStats.Register(Registry);
        MetricFactory metrics = Metrics.WithCustomRegistry(Registry);
        _rows = metrics.CreateCounter("scoring_rows_total", "Rows scored.", "model");
        _rejections = metrics.CreateCounter("scoring_rejections_total", "Predictions answered with 429.");
        _reloads = metrics.CreateCounter(
            "scoring_model_reloads_total", "Changed model files, by whether they could be loaded.", "model", "result");
        _predictionsActive = metrics.CreateGauge("scoring_predictions_active", "Predictions in progress.");
        _modelInfo = metrics.CreateGauge("scoring_model_info", "The version of each model that answers.", "model", "version");

        // A prediction takes a fraction of a millisecond, less than the first of the default buckets.
        _requestDurations = metrics.CreateHistogram(
            "http_request_duration_seconds",
            "The duration of HTTP requests.",
            ["code", "method", "endpoint"],
            new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(start: 0.0001, factor: 2, count: 17) });
        foreach (ServedModel model in catalog.Models)
        {
            _modelInfo.WithLabels(model.Name, model.Current.Version).Set(1);
        }
    }

    /// <summary>Gets the registry that <c>/metrics</c> shows.</summary>
    public CollectorRegistry Registry { get; }

    /// <summary>Measures HTTP requests. The histogram counts them as well.</summary>
    public void Measure(IApplicationBuilder app) => app.UseHttpMetrics(options =>
    {
        options.RequestDuration.Histogram = _requestDurations;
        options.RequestCount.Enabled = false;
        options.InProgress.Enabled = false;
    });

    /// <summary>Counts a prediction as in progress until the result is disposed.</summary>
    public IDisposable Predicting() => _predictionsActive.TrackInProgress();

    /// <summary>Counts scored rows.</summary>
    public void Scored(string model, int rows) => _rows.WithLabels(model).Inc(rows);

    /// <summary>Counts a prediction that was rejected because too many are in progress.</summary>
    public void Rejected() => _rejections.Inc();

    /// <summary>Counts a model that was replaced by a new version.</summary>
    public void Reloaded(string model, string oldVersion, string newVersion)
    {
        _reloads.WithLabels(model, "succeeded").Inc();
        _modelInfo.WithLabels(model, newVersion).Set(1);
        _modelInfo.RemoveLabelled(model, oldVersion);
    }

    /// <summary>Counts a changed file that could not be loaded.</summary>
    public void ReloadFailed(string model) => _reloads.WithLabels(model, "failed").Inc();
}
