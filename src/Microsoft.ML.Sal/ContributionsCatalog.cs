using System.Runtime.CompilerServices;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML;

/// <summary>Creates <see cref="SalContributionEstimator"/> from an <see cref="MLContext"/>.</summary>
public static class ContributionsCatalog
{
    /// <summary>
    /// Creates a <see cref="SalContributionEstimator"/>, which adds to scored rows what each column contributed to the prediction: to the
    /// log-odds of the predicted class against the second likeliest or another one. Append its transformer to the model.
    /// </summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="model">The pipeline with its SAL trainer, as fitted or loaded.</param>
    /// <param name="inputSchema">
    /// The schema of the rows before the transforms of the model, which tells what columns the features are made of. Null if the names of
    /// the features tell it, as those of <c>TabularFeatures</c> do.
    /// </param>
    /// <param name="outputColumnName">
    /// The name of the new column of contributions. The names of the two columns beside it begin with it.
    /// </param>
    /// <param name="otherClassName">
    /// The name of the class that the predicted class is compared with; null for the second likeliest one, which also takes its place where
    /// it is the predicted class.
    /// </param>
    /// <param name="baseline">The row that contributions are measured from.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">The model has no step that SAL trained.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class or baseline.</exception>
    /// <exception cref="InvalidOperationException">
    /// The loaded version of ML.NET lacks a member that the estimator uses; the message explains what to do.
    /// </exception>
    /// <example>
    /// <code><![CDATA[
    /// ITransformer model = pipeline.Fit(data);
    /// var explaining = model.Append(
    ///     mlContext.Transforms.CalculateContributions(model, data.Schema).Fit(model.Transform(data)));
    /// ]]></code>
    /// </example>
    public static SalContributionEstimator CalculateContributions(
        this TransformsCatalog catalog,
        ITransformer model,
        DataViewSchema? inputSchema = null,
        string outputColumnName = SalContributionEstimator.DefaultOutputColumnName,
        string? otherClassName = null,
        SalContributionBaseline baseline = SalContributionBaseline.TypicalRow) =>
        catalog.CalculateContributions(model, new SalContributionEstimator.Options
        {
            OutputColumnName = outputColumnName,
            InputSchema = inputSchema,
            OtherClassName = otherClassName,
            Baseline = baseline,
        });

    /// <summary>Creates a <see cref="SalContributionEstimator"/> from a full set of options.</summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="model">The pipeline with its SAL trainer, as fitted or loaded.</param>
    /// <param name="options">The options. The estimator copies them, so later changes have no effect on it.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">The model has no step that SAL trained, or the baseline row has other features.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class or baseline.</exception>
    /// <exception cref="InvalidOperationException">
    /// The loaded version of ML.NET lacks a member that the estimator uses; the message explains what to do.
    /// </exception>
    public static SalContributionEstimator CalculateContributions(
        this TransformsCatalog catalog, ITransformer model, SalContributionEstimator.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        MLNetCompatibility.Check();
        return Create(catalog, model, options);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SalContributionEstimator Create(
        TransformsCatalog catalog, ITransformer model, SalContributionEstimator.Options options) =>
        new(CatalogUtils.GetEnvironment(catalog), model, options);
}
