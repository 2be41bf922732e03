namespace Sweep;

/// <summary>Represents a pipeline that was tried.</summary>
/// <param name="Number">The trial's number, from 1.</param>
/// <param name="Candidate">The pipeline.</param>
/// <param name="MicroAccuracy">The mean over the folds, 0 to 1; null if the trial was canceled or failed.</param>
/// <param name="Elapsed">The duration of the trial.</param>
/// <param name="Error">The reason why it failed; null if it was completed or canceled.</param>
internal sealed record Trial(int Number, Candidate Candidate, double? MicroAccuracy, TimeSpan Elapsed, string? Error = null)
{
    public bool IsCompleted => MicroAccuracy is not null;

    public bool IsCanceled => !IsCompleted && Error is null;
}
