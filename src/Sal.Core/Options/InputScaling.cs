namespace Sal.Core.Data;

/// <summary>How features are standardised inside the trainer.</summary>
public enum InputScaling
{
    /// <summary>Each feature by its own mean and deviation.</summary>
    PerFeature = 0,

    /// <summary>All features by one common mean and deviation: for images, where every feature is a pixel.</summary>
    Common = 1,

    /// <summary>Features are used as they are.</summary>
    None = 2,
}
