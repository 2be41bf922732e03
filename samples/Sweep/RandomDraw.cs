using System.Reflection;
using Microsoft.ML.SearchSpace;

namespace Sweep;

/// <summary>Draws each property of a search space at random, from the range or the choices that its attribute names.</summary>
internal static class RandomDraw
{
    public static TSpace Of<TSpace>(Random random)
        where TSpace : new()
    {
        var space = new TSpace();
        foreach (PropertyInfo property in typeof(TSpace).GetProperties())
        {
            if (property.GetCustomAttribute<RangeAttribute>() is { } range)
            {
                property.SetValue(space, Draw(random, range));
            }
            else if (property.GetCustomAttribute<ChoiceAttribute>() is { } choice)
            {
                property.SetValue(space, choice.Candidates[random.Next(choice.Candidates.Length)]);
            }
        }

        return space;
    }

    // Each case boxes its own type: a property takes no other.
    private static object Draw(Random random, RangeAttribute range)
    {
        switch (range.Min, range.Max)
        {
            case (int low, int high):
                return Math.Clamp((int)Math.Round(Draw(random, low, high, range.LogBase)), low, high);
            case (double low, double high):
                return Draw(random, low, high, range.LogBase);
            case (float low, float high):
                return (float)Draw(random, low, high, range.LogBase);
            default:
                throw new NotSupportedException($"A range over {range.Min.GetType()} cannot be drawn from.");
        }
    }

    private static double Draw(Random random, double low, double high, bool logBase) => logBase
        ? low * Math.Pow(high / low, random.NextDouble())
        : low + ((high - low) * random.NextDouble());
}
