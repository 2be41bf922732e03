using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ScoringService.Metrics;
using ScoringService.Models;

namespace ScoringService.Requests;

/// <summary><c>POST /predict</c>: one row or several.</summary>
internal sealed class PredictEndpoint(ModelCatalog catalog, ServiceMetrics metrics, IOptions<ServiceOptions> options)
{
    private readonly ConcurrentBag<PredictionBuffers> _pool = [];
    private readonly int _maximumRows = options.Value.MaxBatchRows;

    public async Task AnswerAsync(HttpContext context)
    {
        if (!IsJson(context.Request.ContentType))
        {
            await Problem.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, "The Content-Type must be application/json.");
            return;
        }

        PredictionBuffers buffers = _pool.TryTake(out PredictionBuffers? pooled) ? pooled : new PredictionBuffers();
        try
        {
            ReadOnlyMemory<byte> body = await buffers.ReadAsync(context.Request, context.RequestAborted);
            (LoadedModel model, bool isBatch) = PredictionRequest.Read(body.Span, catalog, _maximumRows, buffers.Work.Rows);
            await model.Queue.ScoreAsync(buffers.Work);
            metrics.Scored(model.Name, buffers.Work.Rows.Count);
            buffers.WriteAnswer(model, isBatch);
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = buffers.Answer.Length;
            await context.Response.BodyWriter.WriteAsync(buffers.Answer, context.RequestAborted);
        }
        catch (RequestException exception)
        {
            await Problem.WriteAsync(context, exception.Status, exception.Message);
        }
        finally
        {
            if (buffers.IsSmall)
            {
                _pool.Add(buffers);
            }
        }
    }

    private static bool IsJson(string? contentType) =>
        contentType is not null && contentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) && (contentType.Length == 16 || contentType[16] is ';' or ' ');
}
