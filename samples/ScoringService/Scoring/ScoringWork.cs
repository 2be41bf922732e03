using System.Threading.Tasks.Sources;
using ScoringService.Models;

namespace ScoringService.Scoring;

/// <summary>The rows of a request, and what a model says of them. Used again from request to request.</summary>
internal sealed class ScoringWork : IValueTaskSource
{
    // What follows in the request goes back to the thread pool: the thread that scores has the rows of others to answer.
    private ManualResetValueTaskSourceCore<bool> _completion = new() { RunContinuationsAsynchronously = true };
    private float[] _probabilities = [];
    private int[] _areas = [];

    /// <summary>The rows.</summary>
    public InputRows Rows { get; } = new();

    /// <summary>Room for the probabilities, rows x classes, after <see cref="Prepare"/>.</summary>
    public Span<float> Probabilities => _probabilities.AsSpan(0, Rows.Count * ClassCount);

    /// <summary>Room for the area of each row, after <see cref="Prepare"/>.</summary>
    public Span<int> Areas => _areas.AsSpan(0, Rows.Count);

    /// <summary>The bytes that it keeps.</summary>
    public long Capacity => Rows.Capacity + sizeof(float) * (long)_probabilities.Length + sizeof(int) * (long)_areas.Length;

    private int ClassCount { get; set; }

    /// <summary>Ends with <see cref="Complete"/> or <see cref="Fail"/>. To be awaited once after each <see cref="Prepare"/>.</summary>
    public ValueTask Completion => new(this, _completion.Version);

    /// <summary>Makes room for the answers to <see cref="Rows"/>.</summary>
    public void Prepare(int classCount)
    {
        ClassCount = classCount;
        Grow(ref _probabilities, Rows.Count * classCount);
        Grow(ref _areas, Rows.Count);
        _completion.Reset();
    }

    /// <summary>The answers are there.</summary>
    public void Complete() => _completion.SetResult(true);

    /// <summary>There are no answers.</summary>
    public void Fail(Exception exception) => _completion.SetException(exception);

    void IValueTaskSource.GetResult(short token) => _completion.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _completion.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);

    private static void Grow<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new T[length];
        }
    }
}
