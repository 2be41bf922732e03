using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http.Json;

namespace ScoringService;

/// <summary>
/// Answers every failed request with application/problem+json (RFC 9457). The answer explains what to change; paths, stack traces and the
/// messages of other exceptions stay in the log.
/// </summary>
internal static class FailureReasons
{
    public static void AddFailureReasons(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            int status = context.HttpContext.Response.StatusCode;
            context.ProblemDetails.Detail ??= ReasonFor(status);
            if (status == StatusCodes.Status408RequestTimeout)
            {
                context.HttpContext.Response.Headers.Connection = "close"; // do not wait for the rest of the body
            }
        });

        // Keeps the quotes around names readable, which is safe because the answers are never part of a page.
        services.Configure<JsonOptions>(options => options.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
    }

    public static void UseFailureReasons(this IApplicationBuilder app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
    }

    private static string ReasonFor(int status) => status switch
    {
        StatusCodes.Status404NotFound => "There is no such address. Use POST /predict, GET /models, GET /healthz, GET /metrics or GET /.",
        StatusCodes.Status405MethodNotAllowed => "This address does not support the method. Use POST /predict; GET for all others.",
        StatusCodes.Status408RequestTimeout => "The request took too long to arrive.",
        StatusCodes.Status413PayloadTooLarge => "The body is longer than this service allows. Send fewer rows per request.",
        StatusCodes.Status415UnsupportedMediaType => "The Content-Type must be application/json.",
        StatusCodes.Status429TooManyRequests => "The service has as many predictions in progress as it allows. Try again later.",
        >= 500 => "The service failed. The reason is in its log.",
        _ => "The request could not be read.",
    };
}
