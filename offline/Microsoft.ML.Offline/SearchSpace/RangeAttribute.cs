namespace Microsoft.ML.SearchSpace;

/// <summary>The numbers to search for a property, with the one to start from; uniform, or uniform in the logarithm.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, AllowMultiple = false, Inherited = false)]
public sealed class RangeAttribute : Attribute
{
    public RangeAttribute(double min, double max, bool logBase = false)
        : this(min, max, null, logBase)
    {
    }

    public RangeAttribute(double min, double max, double init, bool logBase = false)
        : this(min, max, (object)init, logBase)
    {
    }

    public RangeAttribute(int min, int max, bool logBase = false)
        : this(min, max, null, logBase)
    {
    }

    public RangeAttribute(int min, int max, int init, bool logBase = false)
        : this(min, max, (object)init, logBase)
    {
    }

    public RangeAttribute(float min, float max, bool logBase = false)
        : this(min, max, null, logBase)
    {
    }

    public RangeAttribute(float min, float max, float init, bool logBase = false)
        : this(min, max, (object)init, logBase)
    {
    }

    private RangeAttribute(object min, object max, object init, bool logBase)
    {
        Min = min;
        Max = max;
        Init = init;
        LogBase = logBase;
    }

    public object Min { get; }

    public object Max { get; }

    /// <summary>Where to start; null if not said.</summary>
    public object Init { get; }

    public bool LogBase { get; }
}
