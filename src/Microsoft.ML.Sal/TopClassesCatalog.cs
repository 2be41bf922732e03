using System.Runtime.CompilerServices;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML;

/// <summary>Creates <see cref="TopClassesEstimator"/> from an <see cref="MLContext"/>.</summary>
public static class TopClassesCatalog
{
    /// <summary>
    /// Creates a <see cref="TopClassesEstimator"/>, which adds a column of the likeliest classes with their names and probabilities to the
    /// rows that a multiclass trainer scored. The score column stays.
    /// </summary>
    /// <param name="catalog">The catalog of transforms.</param>
    /// <param name="outputColumnName">The name of the new column, of type <see cref="TopClasses"/>.</param>
    /// <param name="inputColumnName">The name of the score column of any multiclass trainer.</param>
    /// <param name="count">The number of classes to select, 1 or more; all classes if there are fewer.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="InvalidOperationException">
    /// The loaded version of ML.NET lacks a member that the estimator uses; the message explains what to do.
    /// </exception>
    /// <example>
    /// <code><![CDATA[
    /// var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label")
    ///     .Append(mlContext.MulticlassClassification.Trainers.Sal())
    ///     .Append(mlContext.Transforms.SelectTopClasses(count: 3));
    /// // class Prediction { public TopClasses TopClasses { get; set; } = TopClasses.Empty; }
    /// Console.WriteLine(engine.Predict(row).TopClasses[0].ClassName);
    /// ]]></code>
    /// </example>
    public static TopClassesEstimator SelectTopClasses(
        this TransformsCatalog catalog,
        string outputColumnName = nameof(TopClasses),
        string inputColumnName = DefaultColumnNames.Score,
        int count = 3)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        if (count < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"{nameof(count)} is {count}, but must be 1 or more.");
        }

        MLNetCompatibility.Check();
        return Create(catalog, new TopClassesColumns(outputColumnName, inputColumnName, count));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TopClassesEstimator Create(TransformsCatalog catalog, TopClassesColumns columns) =>
        new(CatalogUtils.GetEnvironment(catalog), columns);
}
