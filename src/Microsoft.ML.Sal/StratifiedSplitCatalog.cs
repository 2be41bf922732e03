using System.Runtime.CompilerServices;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers.Sal;
using static Microsoft.ML.DataOperationsCatalog;
using static Microsoft.ML.TrainCatalogBase;

namespace Microsoft.ML;

/// <summary>
/// Splits data so that each class is in all parts, in the same proportion, where ML.NET's <c>TrainTestSplit</c>,
/// <c>CrossValidationSplit</c> and <c>CrossValidate</c>, which these mirror, draw rows regardless of their class and may lose rare ones.
/// </summary>
/// <remarks>
/// The data is read once when it is split, for its labels and sampling keys only; the parts read the rest when it is needed. A split
/// depends on the labels and the sampling keys in the order of the rows, the fraction or the number of folds, and the seed. The rows of
/// a part stay in their order. Rows with a missing label are divided like those of a class.
/// </remarks>
public static class StratifiedSplitCatalog
{
    /// <summary>Splits data into a training set and a test set that holds the same fraction of each class.</summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="data">The rows.</param>
    /// <param name="labelColumnName">
    /// The name of the column that holds the class: a key, text, a number or a Boolean. Each distinct value is a class.
    /// </param>
    /// <param name="testFraction">
    /// The fraction of the rows of each class that goes to the test set, between 0 and 1, rounded to whole rows. Each class of two rows or
    /// more has at least one in both sets. A class of one row is in the training set, and a warning in the log names it.
    /// </param>
    /// <param name="samplingKeyColumnName">
    /// The name of a column whose rows of one value stay together, or null. This takes precedence: the sets are then as close to the
    /// fraction of each class as the values allow. Rows with a missing value stay together, too.
    /// </param>
    /// <param name="seed">The seed, or null for that of the <see cref="MLContext"/>.</param>
    /// <returns>The training set and the test set, with the columns of the data.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A column is missing or does not hold one value per row, or the fraction is out of range.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// There are no rows, no class has two rows, or the sampling key has one value only. Reading a set also throws this if the data has
    /// another number of rows than when it was split.
    /// </exception>
    /// <example>
    /// <code><![CDATA[
    /// var split = mlContext.Data.StratifiedTrainTestSplit(data, "Species", testFraction: 0.2);
    /// ITransformer model = pipeline.Fit(split.TrainSet);
    /// ]]></code>
    /// </example>
    public static TrainTestData StratifiedTrainTestSplit(
        this DataOperationsCatalog catalog,
        IDataView data,
        string labelColumnName = DefaultColumnNames.Label,
        double testFraction = 0.1,
        string? samplingKeyColumnName = null,
        int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(labelColumnName);
        if (!(testFraction is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(testFraction),
                testFraction,
                $"{nameof(testFraction)} is {testFraction}, but must be between 0 and 1, both exclusive.");
        }

        MLNetCompatibility.Check();
        return Split(catalog, data, labelColumnName, testFraction, samplingKeyColumnName, seed);
    }

    /// <summary>
    /// Splits data into folds for cross-validation, over which each class is spread as evenly as its number of rows allows.
    /// </summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="data">The rows.</param>
    /// <param name="labelColumnName">
    /// The name of the column that holds the class: a key, text, a number or a Boolean. Each distinct value is a class.
    /// </param>
    /// <param name="numberOfFolds">
    /// The number of folds, 2 or more. Warnings in the log name the classes that are not in all folds, as they have fewer rows.
    /// </param>
    /// <param name="samplingKeyColumnName">
    /// The name of a column whose rows of one value stay together, or null. This takes precedence: the folds are then as even as the
    /// values allow. Rows with a missing value stay together, too.
    /// </param>
    /// <param name="seed">The seed, or null for that of the <see cref="MLContext"/>.</param>
    /// <returns>
    /// One training set and one test set per fold. Each row is in the test set of one fold and in the training sets of the others.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A column is missing or does not hold one value per row, or there are fewer than 2 folds.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// There are fewer rows, or values of the sampling key, than folds. Reading a set also throws this if the data has another number of
    /// rows than when it was split.
    /// </exception>
    public static IReadOnlyList<TrainTestData> StratifiedCrossValidationSplit(
        this DataOperationsCatalog catalog,
        IDataView data,
        string labelColumnName = DefaultColumnNames.Label,
        int numberOfFolds = 5,
        string? samplingKeyColumnName = null,
        int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(labelColumnName);
        CheckFolds(numberOfFolds);
        MLNetCompatibility.Check();
        return Fold(catalog, data, labelColumnName, numberOfFolds, samplingKeyColumnName, seed);
    }

    /// <summary>Trains and evaluates an estimator once per fold of a stratified cross-validation.</summary>
    /// <param name="catalog">The catalog of multiclass classification.</param>
    /// <param name="data">The rows.</param>
    /// <param name="estimator">The estimator to train.</param>
    /// <param name="numberOfFolds">The number of folds, 2 or more; see <see cref="StratifiedCrossValidationSplit"/>.</param>
    /// <param name="labelColumnName">The name of the label column, for evaluation.</param>
    /// <param name="samplingKeyColumnName">The name of a column whose rows of one value stay together, or null.</param>
    /// <param name="seed">The seed of the folds, or null for that of the <see cref="MLContext"/>.</param>
    /// <param name="stratificationColumnName">
    /// The name of the column of <paramref name="data"/> that holds the class, if the estimator makes the label from another column; null
    /// if it is <paramref name="labelColumnName"/>.
    /// </param>
    /// <returns>The metrics, the model and the scored test set of each fold.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A column is missing or does not hold one value per row, or there are fewer than 2 folds.
    /// </exception>
    /// <exception cref="InvalidOperationException">There are fewer rows, or values of the sampling key, than folds.</exception>
    public static IReadOnlyList<CrossValidationResult<MulticlassClassificationMetrics>> StratifiedCrossValidate(
        this MulticlassClassificationCatalog catalog,
        IDataView data,
        IEstimator<ITransformer> estimator,
        int numberOfFolds = 5,
        string labelColumnName = DefaultColumnNames.Label,
        string? samplingKeyColumnName = null,
        int? seed = null,
        string? stratificationColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentException.ThrowIfNullOrEmpty(labelColumnName);
        CheckFolds(numberOfFolds);
        MLNetCompatibility.Check();
        IReadOnlyList<TrainTestData> folds = Fold(
            catalog, data, stratificationColumnName ?? labelColumnName, numberOfFolds, samplingKeyColumnName, seed);
        return [.. folds.Select((fold, index) => Validate(catalog, estimator, fold, index, labelColumnName))];
    }

    private static void CheckFolds(int numberOfFolds)
    {
        if (numberOfFolds < 2)
        {
            throw new ArgumentOutOfRangeException(
                nameof(numberOfFolds), numberOfFolds, $"{nameof(numberOfFolds)} is {numberOfFolds}, but must be 2 or more.");
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TrainTestData Split(
        IInternalCatalog catalog, IDataView data, string labelColumnName, double testFraction, string? samplingKeyColumnName, int? seed)
    {
        IHostEnvironment environment = CatalogUtils.GetEnvironment(catalog);
        var rows = new StratifiedRows(environment, data, labelColumnName, samplingKeyColumnName);
        (IDataView training, IDataView test) = rows.Split(testFraction, ContextSeed.Resolve(environment, seed));
        return new TrainTestData(training, test);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IReadOnlyList<TrainTestData> Fold(
        IInternalCatalog catalog, IDataView data, string labelColumnName, int numberOfFolds, string? samplingKeyColumnName, int? seed)
    {
        IHostEnvironment environment = CatalogUtils.GetEnvironment(catalog);
        var rows = new StratifiedRows(environment, data, labelColumnName, samplingKeyColumnName);
        IEnumerable<(IDataView Training, IDataView Test)> folds = rows.Fold(numberOfFolds, ContextSeed.Resolve(environment, seed));
        return [.. folds.Select(fold => new TrainTestData(fold.Training, fold.Test))];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CrossValidationResult<MulticlassClassificationMetrics> Validate(
        MulticlassClassificationCatalog catalog, IEstimator<ITransformer> estimator, TrainTestData fold, int index, string labelColumnName)
    {
        ITransformer model = estimator.Fit(fold.TrainSet);

        // Like ML.NET's CrossValidate: all transformers of a chain take part, including those that are for training only.
        IDataView scored = model is ITransformerChainAccessor chain
            ? chain.Transformers.Aggregate(fold.TestSet, (rows, transformer) => transformer.Transform(rows))
            : model.Transform(fold.TestSet);
        return new(model, catalog.Evaluate(scored, labelColumnName), scored, index);
    }
}
