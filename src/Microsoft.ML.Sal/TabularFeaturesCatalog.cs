using System.Runtime.CompilerServices;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML;

/// <summary>Creates <see cref="TabularFeaturesEstimator"/> from an <see cref="MLContext"/>.</summary>
public static class TabularFeaturesCatalog
{
    /// <summary>
    /// Creates a <see cref="TabularFeaturesEstimator"/>, which decides from the rows how each column of a table becomes features, and puts
    /// them into one vector. All columns stay.
    /// </summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="outputColumnName">The name of the new column, a vector of <see cref="float"/>.</param>
    /// <param name="labelColumnName">
    /// The name of the column that holds the label, of any type, which is kept out of the features; null if there is none. A column that
    /// tells the label in every row, such as the text that the label's key was made of, is left out, too.
    /// </param>
    /// <param name="exampleWeightColumnName">The name of the example weight column, which is kept out, too; null if there is none.</param>
    /// <param name="ignoredColumnNames">The names of more columns to keep out, or null.</param>
    /// <param name="replaceMissingValues">
    /// Whether a missing number becomes the mean, beside an indicator. False keeps NaN, from which SAL and LightGbm learn; most other
    /// trainers need true.
    /// </param>
    /// <returns>The estimator.</returns>
    /// <exception cref="InvalidOperationException">
    /// The loaded version of ML.NET lacks a member that the estimator uses; the message explains what to do.
    /// </exception>
    /// <example>
    /// <code><![CDATA[
    /// var pipeline = mlContext.Transforms.TabularFeatures(labelColumnName: "Species")
    ///     .Append(mlContext.Transforms.Conversion.MapValueToKey("Label", "Species"))
    ///     .Append(mlContext.MulticlassClassification.Trainers.Sal())
    ///     .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
    /// ITransformer model = pipeline.Fit(data);
    /// ]]></code>
    /// </example>
    public static TabularFeaturesEstimator TabularFeatures(
        this TransformsCatalog catalog,
        string outputColumnName = DefaultColumnNames.Features,
        string? labelColumnName = DefaultColumnNames.Label,
        string? exampleWeightColumnName = null,
        string[]? ignoredColumnNames = null,
        bool replaceMissingValues = false) =>
        catalog.TabularFeatures(new TabularFeaturesEstimator.Options
        {
            OutputColumnName = outputColumnName,
            LabelColumnName = labelColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            IgnoredColumnNames = ignoredColumnNames ?? [],
            ReplaceMissingValues = replaceMissingValues,
        });

    /// <summary>Creates a <see cref="TabularFeaturesEstimator"/> from a full set of options.</summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="options">The options. The estimator copies them, so later changes have no effect on it.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, or a column has two uses; the message names it.</exception>
    /// <exception cref="InvalidOperationException">
    /// The loaded version of ML.NET lacks a member that the estimator uses; the message explains what to do.
    /// </exception>
    public static TabularFeaturesEstimator TabularFeatures(this TransformsCatalog catalog, TabularFeaturesEstimator.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        MLNetCompatibility.Check();
        return Create(catalog, options);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TabularFeaturesEstimator Create(TransformsCatalog catalog, TabularFeaturesEstimator.Options options) =>
        new(CatalogUtils.GetEnvironment(catalog), catalog, options);
}
