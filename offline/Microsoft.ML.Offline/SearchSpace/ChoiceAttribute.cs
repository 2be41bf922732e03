namespace Microsoft.ML.SearchSpace;

/// <summary>The values to choose from for a property, with the one to start from.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, AllowMultiple = false, Inherited = false)]
public sealed class ChoiceAttribute : Attribute
{
    public ChoiceAttribute(params object[] candidates) => Candidates = candidates;

    public ChoiceAttribute(object[] candidates, object defaultValue)
        : this(candidates) => DefaultValue = defaultValue;

    public object[] Candidates { get; }

    /// <summary>Where to start; null if not said.</summary>
    public object DefaultValue { get; }
}
