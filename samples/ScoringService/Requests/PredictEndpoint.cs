using System.Buffers;
using System.IO.Pipelines;
using System.Threading.RateLimiting;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;
using ScoringService.Metrics;
using ScoringService.Models;

namespace ScoringService.Requests;

/// <summary><c>POST /predict</c>: one row or several.</summary>
internal sealed class PredictEndpoint : IDisposable
{
    private readonly ModelCatalog _catalog;
    private readonly ServiceMetrics _metrics;
    private readonly ServiceOptions _options;
    private readonly ConcurrencyLimiter _limiter; // one for all clients together: it guards the processors, not against a client
    private readonly ObjectPool<PredictionBuffers> _pool;

    public PredictEndpoint(ModelCatalog catalog, ServiceMetrics metrics, IOptions<ServiceOptions> options)
    {
        _catalog = catalog;
        _metrics = metrics;
        _options = options.Value;
        _limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = _options.MaxConcurrentRequests, QueueLimit = 0 });
        _pool = new DefaultObjectPool<PredictionBuffers>(new PredictionBuffers.Policy(), _options.MaxConcurrentRequests);
        metrics.Observe(() => _options.MaxConcurrentRequests - (int)_limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        if (!IsJson(context.Request.ContentType))
        {
            await Problem.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, "The Content-Type must be application/json.");
            return;
        }

        using RateLimitLease lease = _limiter.AttemptAcquire();
        if (!lease.IsAcquired)
        {
            _metrics.Rejected();
            context.Response.Headers.RetryAfter = "1";
            await Problem.WriteAsync(context, StatusCodes.Status429TooManyRequests, "The service has as many predictions in progress as it takes. Try again later.");
            return;
        }

        PredictionBuffers buffers = _pool.Get();
        try
        {
            // Mostly the whole body has come with the head of the request.
            PipeReader reader = context.Request.BodyReader;
            ReadResult body = reader.TryRead(out ReadResult here) && here.IsCompleted ? here : await ReadAllAsync(context, reader, here);
            LoadedModel model;
            bool isBatch;
            try
            {
                (model, isBatch) = PredictionRequest.Read(body.Buffer.IsSingleSegment ? body.Buffer.FirstSpan : body.Buffer.ToArray(), _catalog, _options.MaxBatchRows, buffers.Work.Rows);
            }
            finally
            {
                reader.AdvanceTo(body.Buffer.End);
            }

            await model.Queue.ScoreAsync(buffers.Work);
            _metrics.Scored(model.Name, buffers.Work.Rows.Count);
            model.Answer.Write(buffers.Answer, isBatch, buffers.Work.Probabilities, buffers.Work.Areas);
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = buffers.Answer.WrittenCount;
            await context.Response.BodyWriter.WriteAsync(buffers.Answer.WrittenMemory);
        }
        catch (RequestException exception)
        {
            await Problem.WriteAsync(context, exception.Status, exception.Message);
        }
        finally
        {
            _pool.Return(buffers);
        }
    }

    public void Dispose() => _limiter.Dispose();

    private async ValueTask<ReadResult> ReadAllAsync(HttpContext context, PipeReader reader, ReadResult soFar)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(TimeSpan.FromSeconds(_options.RequestTimeoutSeconds));
        try
        {
            while (!soFar.IsCompleted)
            {
                reader.AdvanceTo(soFar.Buffer.Start, soFar.Buffer.End);
                soFar = await reader.ReadAsync(limit.Token);
            }

            return soFar;
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Headers.Connection = "close"; // the rest of the body is not waited for
            throw new RequestException(StatusCodes.Status408RequestTimeout, "The request took too long to arrive.");
        }
    }

    private static bool IsJson(string? contentType) =>
        contentType is not null && contentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) && (contentType.Length == 16 || contentType[16] is ';' or ' ');
}
