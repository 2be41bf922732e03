namespace Sweep;

/// <summary>A pipeline that was tried.</summary>
/// <param name="Number">The trial's number, from 1.</param>
/// <param name="Trainer">Its trainer.</param>
/// <param name="Settings">What was proposed for it.</param>
/// <param name="MicroAccuracy">The mean over the folds, 0 to 1; null if it was cancelled or failed.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Remark">Why it has no accuracy.</param>
internal sealed record Trial(int Number, string Trainer, string Settings, double? MicroAccuracy, double Seconds, string Remark = "");
