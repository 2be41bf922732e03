namespace ScoringService.Scoring;

/// <summary>Holds the predictions for some rows.</summary>
/// <param name="Probabilities">The class probabilities, row after row.</param>
/// <param name="Areas">The area that answered, per row.</param>
internal readonly record struct Predictions(float[] Probabilities, int[] Areas);
