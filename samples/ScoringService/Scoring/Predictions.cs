namespace ScoringService.Scoring;

/// <summary>What a model predicts for rows.</summary>
/// <param name="Probabilities">The class probabilities, row after row.</param>
/// <param name="Areas">The area that answered, per row.</param>
internal readonly record struct Predictions(float[] Probabilities, int[] Areas);
