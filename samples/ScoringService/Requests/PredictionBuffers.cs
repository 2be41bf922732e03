using System.Buffers;
using System.Text.Json;
using ScoringService.Models;
using ScoringService.Scoring;

namespace ScoringService.Requests;

/// <summary>The memory that a prediction needs, used again from request to request.</summary>
internal sealed class PredictionBuffers
{
    // A buffer that a large request has made grow beyond this is not kept.
    private const int LargestToKeep = 1 << 18;

    private readonly ArrayBufferWriter<byte> _answer = new(1_024);
    private readonly Utf8JsonWriter _json;

    public PredictionBuffers() => _json = new Utf8JsonWriter(_answer, new JsonWriterOptions { SkipValidation = true });

    /// <summary>The rows of the request and the model's answers.</summary>
    public ScoringWork Work { get; } = new();

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Answer => _answer.WrittenMemory;

    /// <summary>Whether the memory is worth keeping for other requests.</summary>
    public bool IsSmall => _answer.Capacity <= LargestToKeep && Work.Capacity <= LargestToKeep;

    /// <summary>Writes the answer of the model's.</summary>
    public void WriteAnswer(LoadedModel model, bool isBatch)
    {
        _answer.ResetWrittenCount();
        _json.Reset();
        PredictionResponse.Write(_json, model, isBatch, Work.Probabilities, Work.Areas);
        _json.Flush();
    }
}
