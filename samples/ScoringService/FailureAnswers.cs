using ScoringService.Requests;

namespace ScoringService;

/// <summary>The outermost step: what fails in others, or ends without an answer, gets one here, with a reason and without anything from inside.</summary>
internal sealed partial class FailureAnswers(RequestDelegate next, ILogger<FailureAnswers> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        Task answer;
        try
        {
            answer = next(context);
        }
        catch (Exception exception)
        {
            answer = Task.FromException(exception);
        }

        return answer.IsCompletedSuccessfully && context.Response.StatusCode < 400 ? Task.CompletedTask : CompleteAsync(context, answer);
    }

    private async Task CompleteAsync(HttpContext context, Task answer)
    {
        try
        {
            await answer;
            if (context.Response.StatusCode >= 400 && !context.Response.HasStarted && context.Response.ContentLength is null)
            {
                await Problem.WriteAsync(context, context.Response.StatusCode, Reason(context.Response.StatusCode));
            }
        }
        catch (BadHttpRequestException exception)
        {
            await Problem.WriteAsync(context, exception.StatusCode, Reason(exception.StatusCode));
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone.
        }
        catch (Exception exception)
        {
            LogFailure(exception);
            await Problem.WriteAsync(context, StatusCodes.Status500InternalServerError, "The service failed; its log tells why.");
        }
    }

    private static string Reason(int status) => status switch
    {
        StatusCodes.Status404NotFound => "There is no such address. POST /predict, GET /models, /healthz, /metrics and / are known.",
        StatusCodes.Status405MethodNotAllowed => "This address does not know the method: POST /predict; GET all others.",
        StatusCodes.Status408RequestTimeout => "The request arrived too slowly.",
        StatusCodes.Status413PayloadTooLarge => "The body is longer than this service allows. Send fewer rows.",
        _ => "The request could not be read.",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed.")]
    private partial void LogFailure(Exception exception);
}
