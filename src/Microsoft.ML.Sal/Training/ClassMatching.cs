namespace Microsoft.ML.Trainers.Sal;

/// <summary>Matches two sets of classes by name, wherever they meet: a position alone does not say which class is meant.</summary>
internal static class ClassMatching
{
    /// <summary>Finds each class of one set in another.</summary>
    /// <param name="classes">The names to find.</param>
    /// <param name="owner">Whose names they are, for the message: "the validation set's label column 'Label'".</param>
    /// <param name="others">The names to find them among.</param>
    /// <param name="otherOwner">Whose names these are.</param>
    /// <returns>The index of each class among the others.</returns>
    /// <exception cref="InvalidOperationException">
    /// The names are not the same, whatever their order. The message has both lists.
    /// </exception>
    public static int[] Match(IReadOnlyList<string> classes, string owner, IReadOnlyList<string> others, string otherOwner)
    {
        var places = new Dictionary<string, int>();
        foreach ((int index, string name) in others.Index())
        {
            places.TryAdd(name, index);
        }

        int[] matched = [.. classes.Select(name => places.GetValueOrDefault(name, -1))];
        if (classes.Count != others.Count || matched.Contains(-1) || matched.Distinct().Count() != matched.Length)
        {
            throw new InvalidOperationException(
                $"The classes of {owner} are {NameList.Quote(classes)}, but those of {otherOwner} are {NameList.Quote(others)}. "
                + "They must be the same, in whatever order. Map the labels of both with the same key values, or train a new model.");
        }

        return matched;
    }

    /// <summary>Gets whether each class was found in its own place.</summary>
    public static bool IsIdentity(int[] matched) => matched.Index().All(place => place.Index == place.Item);
}
