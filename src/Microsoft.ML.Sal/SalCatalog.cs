using System.Runtime.CompilerServices;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Training;

namespace Microsoft.ML;

/// <summary>Creates <see cref="SalMulticlassTrainer"/> from an <see cref="MLContext"/>.</summary>
public static class SalCatalog
{
    /// <summary>
    /// Creates a <see cref="SalMulticlassTrainer"/>, which predicts a class with a network whose layers are split into areas and learn
    /// from local signals.
    /// </summary>
    /// <param name="catalog">The catalog of multiclass trainers.</param>
    /// <param name="labelColumnName">The name of the label column, a key (made by <c>MapValueToKey</c>).</param>
    /// <param name="featureColumnName">The name of the feature column, a vector of <see cref="float"/> of known size.</param>
    /// <param name="exampleWeightColumnName">
    /// The name of the example weight column, <see cref="float"/>, or null for equal weights.
    /// </param>
    /// <param name="numberOfAreas">The number of areas, or null to choose it from the data.</param>
    /// <param name="hiddenUnits">The number of units per hidden layer, or null for 256.</param>
    /// <param name="numberOfLayers">The number of hidden layers.</param>
    /// <param name="numberOfEpochs">The number of passes over the training rows, or null to choose it from the data.</param>
    /// <param name="learningRate">The step size at the start of training.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range; the message states the range.</exception>
    /// <exception cref="InvalidOperationException">
    /// The loaded version of ML.NET lacks a member that the trainer uses; the message explains what to do.
    /// </exception>
    /// <example>
    /// <code><![CDATA[
    /// var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label")
    ///     .Append(mlContext.MulticlassClassification.Trainers.Sal())
    ///     .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
    /// ITransformer model = pipeline.Fit(data);
    /// ]]></code>
    /// </example>
    public static SalMulticlassTrainer Sal(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label,
        string featureColumnName = DefaultColumnNames.Features,
        string? exampleWeightColumnName = null,
        int? numberOfAreas = null,
        int? hiddenUnits = null,
        int numberOfLayers = SalTrainingOptions.DefaultNumberOfLayers,
        int? numberOfEpochs = null,
        double learningRate = SalTrainingOptions.DefaultLearningRate) =>
        catalog.Sal(new SalMulticlassTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            NumberOfAreas = numberOfAreas,
            HiddenUnits = hiddenUnits,
            NumberOfLayers = numberOfLayers,
            NumberOfEpochs = numberOfEpochs,
            LearningRate = learningRate,
        });

    /// <summary>Creates a <see cref="SalMulticlassTrainer"/> from a full set of options.</summary>
    /// <param name="catalog">The catalog of multiclass trainers.</param>
    /// <param name="options">The options. The trainer copies them, so later changes have no effect on it.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the message states the range.</exception>
    /// <exception cref="InvalidOperationException">
    /// The loaded version of ML.NET lacks a member that the trainer uses; the message explains what to do.
    /// </exception>
    public static SalMulticlassTrainer Sal(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        SalMulticlassTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        MLNetCompatibility.Check();
        return Create(catalog, options);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SalMulticlassTrainer Create(
        MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        SalMulticlassTrainer.Options options) =>
        new(CatalogUtils.GetEnvironment(catalog), options);
}
