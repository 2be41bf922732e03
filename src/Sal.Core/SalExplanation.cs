namespace Sal.Core.Model;

/// <summary>Tells what the contributions of a row's features explain.</summary>
/// <param name="PredictedClass">The class with the highest probability, from 0.</param>
/// <param name="OtherClass">The class that it is compared with, from 0.</param>
/// <param name="Area">The area of the row, whose network the path from the baseline to the row stays in.</param>
/// <param name="LogOdds">
/// The log-odds of the row in nats: the logarithm of the ratio of the two classes' probabilities, 0 where they are equally likely.
/// </param>
/// <param name="BaselineLogOdds">
/// The log-odds of the baseline in nats. The contributions add up to <paramref name="LogOdds"/> - <paramref name="BaselineLogOdds"/>.
/// </param>
public readonly record struct SalExplanation(int PredictedClass, int OtherClass, int Area, float LogOdds, float BaselineLogOdds);
