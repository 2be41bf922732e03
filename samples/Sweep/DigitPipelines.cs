using Microsoft.ML;
using Microsoft.ML.Trainers.LightGbm;
using Microsoft.ML.Trainers.Sal;
using Microsoft.ML.Transforms;

namespace Sweep;

/// <summary>Creates the pipelines of the search, which differ in the trainer only.</summary>
internal static class DigitPipelines
{
    /// <summary>Creates the trainers that take part: SAL and two from ML.NET.</summary>
    public static IReadOnlyList<SweptTrainer> CreateTrainers() =>
    [
        SweptTrainer.Create<SalSearchSpace>("Sal", (mlContext, space, cancellationToken) =>
        {
            SalMulticlassTrainer.Options options = space.ToOptions();
            options.CancellationToken = cancellationToken;
            return Surround(mlContext, mlContext.MulticlassClassification.Trainers.Sal(options));
        }),
        SweptTrainer.Create<LightGbmSearchSpace>("LightGbm", (mlContext, space, _) => Surround(
            mlContext,
            mlContext.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options
            {
                NumberOfLeaves = space.NumberOfLeaves,
                LearningRate = space.LearningRate,
                NumberOfIterations = space.NumberOfIterations,

                // For small data only: with more threads, LightGBM takes ten times as long on a busy machine. Omit it for large tables.
                NumberOfThreads = 1,
            }))),
        SweptTrainer.Create<LbfgsSearchSpace>("LbfgsMaximumEntropy", (mlContext, space, _) => Surround(
            mlContext,
            mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
                l1Regularization: space.L1Regularization, l2Regularization: space.L2Regularization))),
    ];

    private static IEstimator<ITransformer> Surround(MLContext mlContext, IEstimator<ITransformer> trainer) =>
        mlContext.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(trainer)
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
}
