using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;

namespace Sal.Reports.Sections;

/// <summary>The classes of an evaluation, compared with those of the model that it is shown with.</summary>
/// <param name="Names">One name per class, in the order of the evaluation.</param>
/// <param name="Doubt">What to say where the two could not be compared; otherwise null.</param>
internal sealed record EvaluatedClasses(IReadOnlyList<string> Names, string? Doubt)
{
    /// <exception cref="ArgumentException">The evaluation is of other classes than the model's.</exception>
    public static EvaluatedClasses Match(MulticlassClassificationMetrics metrics, SalMulticlassModelParameters model)
    {
        ClassSet evaluated = ClassSet.Of(metrics.ConfusionMatrix), known = ClassSet.Of(model);
        string[] numbers = [.. Enumerable.Range(0, evaluated.Count).Select(index => index.ToString(CultureInfo.InvariantCulture))];
        if (evaluated.Names!.SequenceEqual(numbers) && !numbers.SequenceEqual(known.Names ?? []))
        {
            // ML.NET's numbers for classes without names.
            evaluated = evaluated with { Names = null };
        }

        if (!ClassMatching.TryMatch(evaluated, known, out _))
        {
            throw new ArgumentException(
                $"{ClassMatching.Difference(evaluated, known)} Evaluate the data that this model scored.", nameof(metrics));
        }

        bool isInDoubt = (evaluated.Names is null) != (known.Names is null);
        return new EvaluatedClasses(
            evaluated.Names ?? known.Names ?? numbers, isInDoubt ? ClassMatching.CannotCompare(evaluated, known) : null);
    }
}
