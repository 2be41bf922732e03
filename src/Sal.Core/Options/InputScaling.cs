namespace Sal.Core.Data;

/// <summary>The scaling of features inside the trainer.</summary>
public enum InputScaling
{
    /// <summary>
    /// Centers each feature and divides it by its standard deviation, both without extreme values. A feature of two values, or with one
    /// value in more than half the rows, is centered at its most frequent value, so that sparse features stay sparse.
    /// </summary>
    PerFeature = 0,

    /// <summary>
    /// Standardizes all features by one common mean and standard deviation. Intended for images, where every feature is a pixel.
    /// </summary>
    Common = 1,

    /// <summary>Uses the features unchanged.</summary>
    None = 2,
}
