namespace Sal.Core.Data;

/// <summary>
/// An input of the network, made of one feature x: y = clip((x - <see cref="Start"/>) * <see cref="Slope"/>, <see cref="Low"/>,
/// <see cref="High"/>), or <see cref="Missing"/> where x is NaN.
/// </summary>
/// <remarks>
/// A feature has an input for its scaled value; further ones for the pieces of a piecewise linear code, each of which rises from 0 to 1
/// over an interval of values (Gorishniy et al., 2022), if there are rows enough to learn thresholds from; and one that is not 0 only where
/// the feature is missing, if it was missing in training. A feature that is constant in training has no input.
/// </remarks>
/// <param name="Feature">The feature, from 0.</param>
/// <param name="Start">The value of the feature that gives 0.</param>
/// <param name="Slope">The factor of the difference to <paramref name="Start"/>; 0 for an input that only tells missing values.</param>
/// <param name="Low">The smallest value of the input.</param>
/// <param name="High">The largest value of the input.</param>
/// <param name="Missing">The value of the input where the feature is missing.</param>
public readonly record struct SalInput(int Feature, float Start, float Slope, float Low, float High, float Missing);
