using System.Reflection;
using Microsoft.ML.SearchSpace;

namespace Sweep;

/// <summary>Draws the values of a search space at random, according to the [Range], [Choice] and [BooleanChoice] attributes.</summary>
internal static class RandomDraw
{
    /// <summary>Draws every property that has such an attribute; the others keep their initial values.</summary>
    public static TSpace From<TSpace>(Random random)
        where TSpace : class, new()
    {
        var space = new TSpace();
        foreach (PropertyInfo property in typeof(TSpace).GetProperties())
        {
            foreach (Attribute attribute in property.GetCustomAttributes())
            {
                switch (attribute)
                {
                    case RangeAttribute range:
                        property.SetValue(space, Draw(random, range));
                        break;
                    case ChoiceAttribute choice:
                        property.SetValue(space, choice.Candidates[random.Next(choice.Candidates.Length)]);
                        break;
                    case BooleanChoiceAttribute:
                        property.SetValue(space, random.Next(2) == 1);
                        break;
                    case NestOptionAttribute:
                        throw new NotSupportedException(
                            $"{typeof(TSpace).Name}.{property.Name} is a nested search space. Move its properties up into the outer one.");
                }
            }
        }

        return space;
    }

    // Each arm is boxed separately: the compiler would otherwise convert all to double, which an int or float property rejects.
    private static object Draw(Random random, RangeAttribute range) => (range.Min, range.Max) switch
    {
        // Drawn from low to high + 1 and rounded down, so that the largest integer is as likely as its neighbors.
        (int low, int high) => (object)(int)Math.Clamp(Math.Floor(Draw(random, low, high + 1.0, range.LogBase)), low, high),
        (float low, float high) => (object)(float)Math.Clamp(Draw(random, low, high, range.LogBase), low, high),
        (double low, double high) => (object)Math.Clamp(Draw(random, low, high, range.LogBase), low, high),
        var (low, high) => throw new NotSupportedException($"A range from {low} to {high} cannot be drawn from."),
    };

    private static double Draw(Random random, double low, double high, bool logBase) => logBase
        ? low * Math.Pow(high / low, random.NextDouble())
        : low + ((high - low) * random.NextDouble());
}
