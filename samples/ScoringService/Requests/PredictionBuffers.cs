using System.Buffers;
using Microsoft.Extensions.ObjectPool;
using ScoringService.Scoring;

namespace ScoringService.Requests;

/// <summary>The memory that a prediction needs, used again from request to request.</summary>
internal sealed class PredictionBuffers
{
    // Memory that a large request has made grow beyond this is not kept.
    private const int LargestToKeep = 1 << 18;

    /// <summary>The rows of the request and what the model says of them.</summary>
    public ScoringWork Work { get; } = new();

    /// <summary>The answer's JSON.</summary>
    public ArrayBufferWriter<byte> Answer { get; } = new(1_024);

    /// <summary>Makes buffers, and says which are kept.</summary>
    public sealed class Policy : PooledObjectPolicy<PredictionBuffers>
    {
        public override PredictionBuffers Create() => new();

        public override bool Return(PredictionBuffers obj)
        {
            obj.Answer.ResetWrittenCount();
            return obj.Answer.Capacity <= LargestToKeep && obj.Work.Capacity <= LargestToKeep;
        }
    }
}
