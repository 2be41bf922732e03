using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.SearchSpace;
using Microsoft.ML.Trainers.Sal;
using Microsoft.ML.Transforms;

namespace Sweep;

/// <summary>A search by AutoML over SAL and two of ML.NET's own trainers.</summary>
internal static class Search
{
    public const string Description = "AutoML over SAL, LightGBM and L-BFGS maximum entropy";

    public static async Task<(IReadOnlyList<Trial> Trials, Trial? Best, Func<IEstimator<ITransformer>> Pipeline)> RunAsync(
        MLContext mlContext, IDataView rows, int folds, TimeSpan time, CancellationToken cancellationToken)
    {
        AutoCatalog auto = mlContext.Auto();

        // The search space is passed explicitly: without one, there would be nothing to search.
        SweepableEstimator sal = auto.CreateSweepableEstimator(
            (context, space) => context.MulticlassClassification.Trainers.Sal(space.ToOptions()), new SearchSpace<SalSearchSpace>());
        SweepableEstimator lightGbm = auto.CreateSweepableEstimator(
            (context, space) => context.MulticlassClassification.Trainers.LightGbm(
                numberOfLeaves: space.NumberOfLeaves, learningRate: space.LearningRate, numberOfIterations: space.NumberOfIterations),
            new SearchSpace<LightGbmSearchSpace>());
        SweepableEstimator lbfgs = auto.CreateSweepableEstimator(
            (context, space) => context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
                l1Regularization: space.L1Regularization, l2Regularization: space.L2Regularization),
            new SearchSpace<LbfgsSearchSpace>());
        SweepablePipeline pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(sal, lightGbm, lbfgs)
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

        var record = new TrialRecord(pipeline, new Dictionary<SweepableEstimator, (string, Func<Parameter, object>)>
        {
            [sal] = ("Sal", parameter => parameter.AsType<SalSearchSpace>()),
            [lightGbm] = ("LightGbm", parameter => parameter.AsType<LightGbmSearchSpace>()),
            [lbfgs] = ("LbfgsMaximumEntropy", parameter => parameter.AsType<LbfgsSearchSpace>()),
        });
        AutoMLExperiment experiment = auto.CreateExperiment()
            .SetPipeline(pipeline)
            .SetDataset(rows, folds)
            .SetMulticlassClassificationMetric(MulticlassClassificationMetric.MicroAccuracy, labelColumn: "Label")
            .SetTrainingTimeInSeconds((uint)Math.Ceiling(time.TotalSeconds))
            .SetMonitor(record);
        try
        {
            // When the time is up, or the token says so, AutoML cancels the context of the running trial, and SAL's training with it.
            await experiment.RunAsync(cancellationToken);
        }
        catch (TimeoutException)
        {
            // No trial was completed: the record says so.
        }

        return (record.Trials, record.Best, () => pipeline.BuildFromOption(mlContext, record.BestParameter!));
    }
}
