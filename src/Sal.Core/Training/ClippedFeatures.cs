using System.Globalization;
using Sal.Core.Data;

namespace Sal.Core.Training;

/// <summary>Finds features that are not scaled although <see cref="SalTrainingOptions.InputClip"/> is meant for scaled ones.</summary>
internal static class ClippedFeatures
{
    private const int RowsThatDecide = 1_024;

    /// <summary>Says how many values the bound cuts off; null where they may be outliers of features that were scaled beforehand.</summary>
    public static string? Describe(TrainingSet rows, SalTrainingOptions options)
    {
        if (options.InputScaling != InputScaling.None || options.InputClip is not { } bound)
        {
            return null;
        }

        int measured = Math.Min(rows.RowCount, RowsThatDecide);
        long values = 0, clipped = 0;
        for (int row = 0; row < measured; row++)
        {
            foreach (float value in rows.Features(row).Values)
            {
                values += value != 0 ? 1 : 0;
                clipped += Math.Abs(value) > bound ? 1 : 0;
            }
        }

        // By Chebyshev's inequality, at most this share of standardized values lies beyond the bound.
        if (clipped <= values / (bound * bound))
        {
            return null;
        }

        const string Scaling = nameof(SalTrainingOptions.InputScaling), Clip = nameof(SalTrainingOptions.InputClip);
        string figures = string.Create(CultureInfo.InvariantCulture, $"{bound}, and {100.0 * clipped / values:0.#} %");
        return $"{Scaling} is {InputScaling.None}, but {Clip} is {figures} of the values other than 0 in the first {measured} rows lie "
            + $"beyond it, so that they are cut off. Set {Clip} to null, or {Scaling} to {InputScaling.PerFeature} or "
            + $"{InputScaling.Common}.";
    }
}
