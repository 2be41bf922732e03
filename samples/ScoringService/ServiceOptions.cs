using System.ComponentModel.DataAnnotations;

namespace ScoringService;

/// <summary>The service's settings: from appsettings.json, environment variables or the command line, as in any ASP.NET Core program.</summary>
public sealed class ServiceOptions
{
    /// <summary>The models to serve. The first answers requests that name none.</summary>
    public List<ModelOptions> Models { get; set; } = [];

    /// <summary>The longest body of a request, in bytes. Longer ones are answered with 413.</summary>
    [Range(1_024, 1 << 30)]
    public int MaxRequestBytes { get; set; } = 1 << 20;

    /// <summary>The most rows of a request. More are answered with 400.</summary>
    [Range(1, 1_000_000)]
    public int MaxBatchRows { get; set; } = 1_024;

    /// <summary>The most predictions in progress or waiting. Further ones are answered with 429.</summary>
    [Range(1, 100_000)]
    public int MaxConcurrentRequests { get; set; } = 64;

    /// <summary>How long the body of a prediction may take to arrive. After that it is answered with 408.</summary>
    [Range(0.1, 3_600)]
    public double RequestTimeoutSeconds { get; set; } = 10;

    /// <summary>How often the models' files are looked at, beside the notifications of the file system, which some volumes do not give.</summary>
    [Range(0.05, 3_600)]
    public double ReloadPollSeconds { get; set; } = 2;

    /// <summary>How long a changed file must stay as it is before it is read.</summary>
    [Range(0, 3_600)]
    public double ReloadSettleSeconds { get; set; } = 0.1;

    /// <summary>Whether there are /constant and /constant/json, which always give the same answer: what the framework can do at most, to compare /predict with.</summary>
    public bool ConstantEndpoint { get; set; }
}

/// <summary>A model to serve.</summary>
public sealed class ModelOptions
{
    /// <summary>The name in requests; the name of the file without its extension if not given.</summary>
    public string? Name { get; set; }

    /// <summary>The file that <c>mlContext.Model.Save</c> wrote.</summary>
    public string Path { get; set; } = "";
}
