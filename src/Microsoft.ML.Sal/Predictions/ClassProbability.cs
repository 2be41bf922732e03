using System.Globalization;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Represents a class that a row may belong to.</summary>
/// <param name="ClassName">
/// The name of the class: its label as text. The position of the class in the score, from 0, if the label has no values.
/// </param>
/// <param name="Probability">
/// The probability that the row belongs to the class, from 0 to 1; the score as it is if the trainer does not compute probabilities.
/// </param>
public sealed record ClassProbability(string ClassName, float Probability)
{
    /// <summary>Gets the name and the probability, such as <c>setosa 0.930</c>, the same on every machine.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ClassName} {Probability:F3}");
}
