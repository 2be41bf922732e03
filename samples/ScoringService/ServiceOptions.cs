using System.ComponentModel.DataAnnotations;

namespace ScoringService;

/// <summary>
/// Holds the settings of the service, from appsettings.json, environment variables or the command line, as in any ASP.NET Core program.
/// </summary>
public sealed class ServiceOptions
{
    /// <summary>Gets or sets the models to serve. The first answers requests that do not name one.</summary>
    public List<ModelOptions> Models { get; set; } = [];

    /// <summary>Gets or sets the maximum length of a request body, in bytes. Longer ones are answered with 413.</summary>
    [Range(1_024, 1 << 30)]
    public int MaxRequestBytes { get; set; } = 1 << 20;

    /// <summary>Gets or sets the maximum number of rows per request. More are answered with 400.</summary>
    [Range(1, 1_000_000)]
    public int MaxBatchRows { get; set; } = 1_024;

    /// <summary>Gets or sets the maximum number of predictions in progress. Further ones are answered with 429.</summary>
    [Range(1, 100_000)]
    public int MaxConcurrentRequests { get; set; } = 64;

    /// <summary>Gets or sets how long the body of a prediction may take to arrive. After that the request is answered with 408.</summary>
    [Range(0.1, 3_600)]
    public double RequestTimeoutSeconds { get; set; } = 10;

    /// <summary>
    /// Gets or sets the interval at which the models' files are checked, in addition to the file system's notifications, which some volumes
    /// do not support.
    /// </summary>
    [Range(0.05, 3_600)]
    public double ReloadPollSeconds { get; set; } = 2;

    /// <summary>Gets or sets how long a changed file must stay unchanged before it is loaded.</summary>
    [Range(0, 3_600)]
    public double ReloadSettleSeconds { get; set; } = 0.1;

    /// <summary>
    /// Gets or sets a value indicating whether to serve /constant, which always gives the same answer, for comparison with /predict.
    /// </summary>
    public bool ConstantEndpoint { get; set; }
}

/// <summary>Holds the settings of one model.</summary>
public sealed class ModelOptions
{
    /// <summary>Gets or sets the model's name in requests. Default: the name of the file without its extension.</summary>
    public string? Name { get; set; }

    /// <summary>Gets or sets the path of a file saved by <c>mlContext.Model.Save</c>.</summary>
    public string Path { get; set; } = "";
}
