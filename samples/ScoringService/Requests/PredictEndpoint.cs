using System.Text.Json;
using Microsoft.Extensions.Options;
using ScoringService.Models;
using ScoringService.Scoring;

namespace ScoringService.Requests;

/// <summary>Handles <c>POST /predict</c>: predicts one row or several.</summary>
internal sealed class PredictEndpoint(ModelCatalog catalog, ServiceMetrics metrics, IOptions<ServiceOptions> options)
{
    public async Task AnswerAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        using IDisposable predicting = metrics.Predicting();
        PredictionRequest request;
        try
        {
            request = await PredictionRequest.ReadAsync(context.Request.Body, catalog, options.Value.MaxBatchRows, context.RequestAborted);
        }
        catch (BadHttpRequestException exception)
        {
            // Only the messages about malformed requests come from the service itself.
            string? reason = exception.StatusCode == StatusCodes.Status400BadRequest ? exception.Message : null;
            await TypedResults.Problem(reason, statusCode: exception.StatusCode).ExecuteAsync(context);
            return;
        }

        Predictions predictions = request.Model.Score(request.Rows);
        Explanation[]? explanations = request.Explain ? request.Model.Explain(request.Rows) : null;
        metrics.Scored(request.Model.Name, request.Rows.Count);
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        request.Model.Answer.Write(json, predictions, explanations, request.IsBatch);
    }
}
