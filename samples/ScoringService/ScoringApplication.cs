using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Prometheus;
using ScoringService.Models;
using ScoringService.Requests;

namespace ScoringService;

/// <summary>Creates the service from its parts.</summary>
public static class ScoringApplication
{
    private const string Predictions = "predictions";

    /// <summary>Creates the service and loads its models, so that it can answer as soon as it runs.</summary>
    /// <param name="args">The model files, then settings such as <c>--MaxBatchRows=100</c>.</param>
    /// <exception cref="ServiceStartException">A setting or a model is wrong.</exception>
    public static WebApplication Create(string[] args)
    {
        // appsettings.json is next to the program; the paths of models are relative to the current folder.
        var applicationOptions = new WebApplicationOptions { Args = WithModels(args), ContentRootPath = AppContext.BaseDirectory };
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(applicationOptions);
        ServiceOptions options = Read(builder.Configuration);
        builder.Services.AddSingleton(Options.Create(options));
        builder.Services.AddSingleton(ModelCatalog.Load(options)); // a bad model ends the program before it listens
        builder.Services.AddSingleton<ServiceMetrics>();
        builder.Services.AddSingleton<PredictEndpoint>();
        builder.Services.AddHostedService<ModelReloading>();
        builder.Services.AddFailureReasons();
        AddLimits(builder, options);

        WebApplication app = builder.Build();
        var metrics = app.Services.GetRequiredService<ServiceMetrics>();
        metrics.Measure(app);
        app.UseFailureReasons();
        app.UseRateLimiter();
        app.UseRequestTimeouts();
        Map(app, metrics, options);
        return app;
    }

    private static void AddLimits(WebApplicationBuilder builder, ServiceOptions options)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxRequestBytes;
        });
        builder.Services.AddRateLimiter(limiter =>
        {
            // One limit for all clients together: it protects the processors, not one client from another.
            limiter.AddConcurrencyLimiter(Predictions, limit => limit.PermitLimit = options.MaxConcurrentRequests);
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "1";
                context.HttpContext.RequestServices.GetRequiredService<ServiceMetrics>().Rejected();
                return ValueTask.CompletedTask;
            };
        });
        builder.Services.AddRequestTimeouts(timeouts => timeouts.AddPolicy(Predictions, new RequestTimeoutPolicy
        {
            Timeout = TimeSpan.FromSeconds(options.RequestTimeoutSeconds),
            TimeoutStatusCode = StatusCodes.Status408RequestTimeout,
        }));
    }

    private static void Map(WebApplication app, ServiceMetrics metrics, ServiceOptions options)
    {
        var catalog = app.Services.GetRequiredService<ModelCatalog>();
        app.MapPost("/predict", app.Services.GetRequiredService<PredictEndpoint>().AnswerAsync)
            .RequireRateLimiting(Predictions)
            .WithRequestTimeout(Predictions);
        app.MapGet("/models", context => context.Response.WriteAsJsonAsync(
            [.. catalog.Models.Select(model => ModelDescription.From(model.Current))], DescriptionJson.Default.ModelDescriptionArray));
        app.MapGet("/healthz", context => context.Response.WriteAsync("ok"));
        app.MapMetrics("/metrics", metrics.Registry);
        app.MapGet("/", TryPage.WriteAsync);
        if (options.ConstantEndpoint)
        {
            app.MapPost("/constant", ConstantEndpoint.AnswerAsync);
        }
    }

    /// <summary>Turns the file arguments in front of the first setting into settings.</summary>
    private static string[] WithModels(string[] args)
    {
        int files = Array.FindIndex(args, argument => argument.StartsWith('-'));
        files = files < 0 ? args.Length : files;
        return
        [
            .. args.Take(files).Select((path, index) => string.Create(CultureInfo.InvariantCulture, $"--Models:{index}:Path={path}")),
            .. args.Skip(files),
        ];
    }

    private static ServiceOptions Read(IConfiguration configuration)
    {
        var options = new ServiceOptions();
        try
        {
            configuration.Bind(options);
            Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ValidationException or FormatException)
        {
            throw new ServiceStartException($"A setting is wrong. {exception.Message}");
        }

        return options;
    }
}
