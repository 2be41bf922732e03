namespace Sal.Core.Data;

/// <summary>The standardization of features inside the trainer.</summary>
public enum InputScaling
{
    /// <summary>Standardizes each feature by its own mean and standard deviation.</summary>
    PerFeature = 0,

    /// <summary>
    /// Standardizes all features by one common mean and standard deviation. Intended for images, where every feature is a pixel.
    /// </summary>
    Common = 1,

    /// <summary>Uses the features unchanged.</summary>
    None = 2,
}
