using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Options;
using ScoringService.Metrics;
using ScoringService.Models;
using ScoringService.Requests;

namespace ScoringService;

/// <summary>The service, put together.</summary>
public static class ScoringApplication
{
    /// <summary>Makes the service. Its models are loaded: it can answer as soon as it runs.</summary>
    /// <param name="args">Files of models, then settings such as <c>--MaxBatchRows=100</c>.</param>
    /// <exception cref="ServiceStartException">A setting or a model is wrong.</exception>
    public static WebApplication Create(string[] args)
    {
        // Settings of the service are beside the program; paths of models are the caller's.
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = WithModels(args), ContentRootPath = AppContext.BaseDirectory });
        ServiceOptions options = Read(builder.Configuration);
        builder.Services.AddSingleton(Options.Create(options));
        builder.Services.AddSingleton(_ => ModelCatalog.Load(options));
        builder.Services.AddSingleton<ServiceMetrics>();
        builder.Services.AddSingleton<PrometheusText>();
        builder.Services.AddSingleton<PredictEndpoint>();
        builder.Services.AddHostedService<ModelReloading>();
        builder.Services.AddMetrics();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxRequestBytes;
        });

        WebApplication app = builder.Build();
        app.Services.GetRequiredService<ModelCatalog>(); // a bad model ends the program before it listens
        app.Services.GetRequiredService<PrometheusText>(); // listens from the first request on
        Map(app, options);
        return app;
    }

    private static void Map(WebApplication app, ServiceOptions options)
    {
        app.UseMiddleware<FailureAnswers>();
        var catalog = app.Services.GetRequiredService<ModelCatalog>();
        var metrics = app.Services.GetRequiredService<PrometheusText>();
        app.MapPost("/predict", app.Services.GetRequiredService<PredictEndpoint>().AnswerAsync);
        app.MapGet("/models", context => context.Response.WriteAsJsonAsync(
            [.. catalog.Models.Select(model => ModelDescription.Of(model.Current))], DescriptionJson.Default.ModelDescriptionArray));
        app.MapGet("/healthz", context => context.Response.WriteAsync("ok"));
        app.MapGet("/metrics", context =>
        {
            context.Response.ContentType = PrometheusText.ContentType;
            return context.Response.WriteAsync(metrics.Write());
        });
        app.MapGet("/", TryPage.WriteAsync);
        if (options.ConstantEndpoint)
        {
            app.MapPost("/constant", ConstantEndpoint.AnswerAsync);
            app.MapPost("/constant/json", ConstantEndpoint.AnswerJsonAsync);
        }
    }

    /// <summary>Files before the first setting are models.</summary>
    private static string[] WithModels(string[] args)
    {
        int files = Array.FindIndex(args, argument => argument.StartsWith('-'));
        files = files < 0 ? args.Length : files;
        return [.. args.Take(files).Select((path, index) => string.Create(CultureInfo.InvariantCulture, $"--Models:{index}:Path={path}")), .. args.Skip(files)];
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
