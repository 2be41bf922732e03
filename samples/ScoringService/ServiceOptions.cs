using System.ComponentModel.DataAnnotations;

namespace ScoringService;

/// <summary>
/// The settings of the service: from appsettings.json, environment variables or the command line, as in any ASP.NET Core program.
/// </summary>
public sealed class ServiceOptions
{
    /// <summary>Gets or sets the models to serve. The first answers requests that name none.</summary>
    public List<ModelOptions> Models { get; set; } = [];

    /// <summary>Gets or sets the longest body of a request, in bytes. Longer ones are answered with 413.</summary>
    [Range(1_024, 1 << 30)]
    public int MaxRequestBytes { get; set; } = 1 << 20;

    /// <summary>Gets or sets the most rows per request. More are answered with 400.</summary>
    [Range(1, 1_000_000)]
    public int MaxBatchRows { get; set; } = 1_024;

    /// <summary>Gets or sets the most predictions in progress. Further ones are answered with 429.</summary>
    [Range(1, 100_000)]
    public int MaxConcurrentRequests { get; set; } = 64;

    /// <summary>Gets or sets how long the body of a prediction may take to arrive. After that the request is answered with 408.</summary>
    [Range(0.1, 3_600)]
    public double RequestTimeoutSeconds { get; set; } = 10;

    /// <summary>
    /// Gets or sets how often the models' files are checked, besides the file system's notifications, which some volumes do not give.
    /// </summary>
    [Range(0.05, 3_600)]
    public double ReloadPollSeconds { get; set; } = 2;

    /// <summary>Gets or sets how long a changed file must stay unchanged before it is loaded.</summary>
    [Range(0, 3_600)]
    public double ReloadSettleSeconds { get; set; } = 0.1;

    /// <summary>Gets or sets whether there is /constant, which always gives the same answer, to compare /predict with.</summary>
    public bool ConstantEndpoint { get; set; }
}

/// <summary>A model to serve.</summary>
public sealed class ModelOptions
{
    /// <summary>Gets or sets the name in requests; by default the name of the file without its extension.</summary>
    public string? Name { get; set; }

    /// <summary>Gets or sets the file that <c>mlContext.Model.Save</c> wrote.</summary>
    public string Path { get; set; } = "";
}
