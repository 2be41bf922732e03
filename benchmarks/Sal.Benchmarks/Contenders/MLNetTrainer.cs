using Microsoft.ML;

namespace Sal.Benchmarks.Contenders;

/// <summary>A multiclass trainer in ML.NET with its defaults. Linear ones get standardized features.</summary>
/// <param name="Name">The name from which the names of contenders and of speed measurements are made.</param>
/// <param name="Create">Creates the estimator, which learns the column <c>Label</c> from the column <c>Features</c>.</param>
internal sealed record MLNetTrainer(string Name, Func<MLContext, IEstimator<ITransformer>> Create)
{
    /// <summary>Gets SAL as a user of ML.NET calls it.</summary>
    public static MLNetTrainer Sal { get; } = new("sal", mlContext => Trainers(mlContext).Sal());

    /// <summary>Gets ML.NET's own trainers.</summary>
    public static IReadOnlyList<MLNetTrainer> Peers { get; } =
    [
        new("sdca", mlContext => Standardize(mlContext).Append(Trainers(mlContext).SdcaMaximumEntropy()))
        {
            IsLinear = true,
            DependsOnSeed = true,
        },
        new("lbfgs", mlContext => Standardize(mlContext).Append(Trainers(mlContext).LbfgsMaximumEntropy())) { IsLinear = true },
        new("fasttree", mlContext => Trainers(mlContext).OneVersusAll(mlContext.BinaryClassification.Trainers.FastTree())),
        new("fastforest", mlContext => Trainers(mlContext).OneVersusAll(mlContext.BinaryClassification.Trainers.FastForest())),
        new("lightgbm", mlContext => Trainers(mlContext).LightGbm()),
    ];

    /// <summary>Gets whether the model has one weight per feature and class, and one bias per class.</summary>
    public bool IsLinear { get; init; }

    /// <summary>Gets whether the default options draw random numbers.</summary>
    public bool DependsOnSeed { get; init; }

    private static MulticlassClassificationCatalog.MulticlassClassificationTrainers Trainers(MLContext mlContext) =>
        mlContext.MulticlassClassification.Trainers;

    private static IEstimator<ITransformer> Standardize(MLContext mlContext) =>
        mlContext.Transforms.NormalizeMeanVariance("Features", fixZero: false);
}
