namespace Microsoft.ML.Trainers.Sal;

/// <summary>Matches two sets of classes by name, wherever they meet: a position alone does not say which class is meant.</summary>
internal static class ClassMatching
{
    /// <summary>Finds each class of one set in another that must have the same classes.</summary>
    /// <returns>The place of each class among the others; null where one of the two has no names.</returns>
    /// <exception cref="InvalidOperationException">They are not the same, whatever their order. The message has both lists.</exception>
    public static int[]? Match(ClassSet classes, ClassSet others) => TryMatch(classes, others, out int[]? places)
        ? places
        : throw new InvalidOperationException(
            $"{Difference(classes, others)} They must be the same, in whatever order. "
            + "Map the labels of both with the same key values, or train a new model.");

    /// <summary>Finds each class of one set in another.</summary>
    /// <param name="classes">The classes to find.</param>
    /// <param name="others">The classes to find them among.</param>
    /// <param name="places">The place of each class among the others; null where one of the two has no names.</param>
    /// <returns>Whether the two have the same classes, whatever their order; where there are no names, as many.</returns>
    public static bool TryMatch(ClassSet classes, ClassSet others, out int[]? places)
    {
        places = Find(classes, others);
        return classes.Count == others.Count && (places is null || places.Distinct().Count(place => place >= 0) == places.Length);
    }

    /// <summary>Finds each class of one set in another, where it may be missing.</summary>
    /// <returns>
    /// The place of each class among the others, -1 for a class that is not there; null where one of the two has no names.
    /// </returns>
    public static int[]? Find(ClassSet classes, ClassSet others)
    {
        if (classes.Names is null || others.Names is null)
        {
            return null;
        }

        var places = new Dictionary<string, int>();
        foreach ((int place, string name) in others.Names.Index())
        {
            places.TryAdd(name, place);
        }

        return [.. classes.Names.Select(name => places.GetValueOrDefault(name, -1))];
    }

    /// <summary>Gets whether each class was found in its own place.</summary>
    public static bool IsIdentity(int[] places) => places.Index().All(place => place.Index == place.Item);

    /// <summary>Says how two sets differ, with both lists.</summary>
    public static string Difference(ClassSet classes, ClassSet others) =>
        $"The classes of {classes.Owner} are {classes}, but those of {others.Owner} are {others}.";

    /// <summary>Says that two sets, of which one or both have no names, cannot be compared.</summary>
    public static string CannotCompare(ClassSet classes, ClassSet others)
    {
        string unnamed = (classes.Names, others.Names) switch
        {
            (null, null) => "neither have names",
            (null, _) => "the former have no names",
            _ => "the latter have no names",
        };
        return $"The classes of {classes.Owner} and those of {others.Owner} cannot be compared, as {unnamed}. "
            + "They are taken to be the same, in the same order.";
    }
}
