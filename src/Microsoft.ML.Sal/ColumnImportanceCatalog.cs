using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML;

/// <summary>Measures the importance of the columns that a model reads.</summary>
public static class ColumnImportanceCatalog
{
    /// <summary>
    /// Measures how much each column of the original data contributes to the metrics of a model, by permuting it over the rows and scoring
    /// these with the whole model.
    /// </summary>
    /// <remarks>
    /// ML.NET's <c>PermutationFeatureImportance</c> permutes the slots of the feature vector, such as the categories of a one-hot encoding,
    /// one by one. This permutes the columns that they are made of: a category, a text or a number together with the indicator that it is
    /// missing. It works with any multiclass trainer and any transforms, with loaded models and with chains within chains. Only columns
    /// that the scores depend on are permuted, and vectors as a whole. All other rows of a column are read for each permutation: cache
    /// data that is slow to read.
    /// </remarks>
    /// <param name="catalog">The catalog of multiclass classification.</param>
    /// <param name="model">The model with all its transforms, as trained or loaded.</param>
    /// <param name="data">The rows as the model reads them, not its output, with the label.</param>
    /// <param name="labelColumnName">The name of the label column of the scored rows.</param>
    /// <param name="numberOfExamplesToUse">The number of rows to use, the first ones, or null for all.</param>
    /// <param name="permutationCount">The number of permutations of each column, 1 or more.</param>
    /// <param name="seed">The seed of the permutations, or null for that of the <see cref="MLContext"/>.</param>
    /// <returns>
    /// For each column, statistics over the permutations of the change of each metric: of the permuted rows minus of the original ones. The
    /// lower the change of an accuracy is below zero, the more important is the column.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of rows or permutations is less than 1.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are no rows, the model cannot read them, or the scored rows lack the label or the score; the message names the column.
    /// </exception>
    /// <exception cref="OperationCanceledException">The environment was canceled.</exception>
    /// <example>
    /// <code><![CDATA[
    /// var importance = mlContext.MulticlassClassification.PermutationFeatureImportanceByColumn(model, testSet, permutationCount: 5);
    /// foreach (var (column, metrics) in importance.OrderBy(pair => pair.Value.MicroAccuracy.Mean))
    /// {
    ///     Console.WriteLine($"{column}: {metrics.MicroAccuracy.Mean:F3} ± {metrics.MicroAccuracy.StandardError:F3}");
    /// }
    /// ]]></code>
    /// </example>
    public static ImmutableDictionary<string, MulticlassClassificationMetricsStatistics> PermutationFeatureImportanceByColumn(
        this MulticlassClassificationCatalog catalog,
        ITransformer model,
        IDataView data,
        string labelColumnName = DefaultColumnNames.Label,
        int? numberOfExamplesToUse = null,
        int permutationCount = 1,
        int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(labelColumnName);
        CheckPositive(numberOfExamplesToUse ?? 1, nameof(numberOfExamplesToUse));
        CheckPositive(permutationCount, nameof(permutationCount));
        MLNetCompatibility.Check();
        var importance = new ColumnImportance(catalog, model, data, labelColumnName);
        return importance.Measure(numberOfExamplesToUse, permutationCount, GetSeed(catalog, seed));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int GetSeed(MulticlassClassificationCatalog catalog, int? seed) =>
        ContextSeed.Resolve(CatalogUtils.GetEnvironment(catalog), seed);

    private static void CheckPositive(int value, string parameter)
    {
        if (value < 1)
        {
            throw new ArgumentOutOfRangeException(parameter, value, $"{parameter} is {value}, but must be 1 or more.");
        }
    }
}
