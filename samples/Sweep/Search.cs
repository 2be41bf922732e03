using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Trainers.Sal;
using Microsoft.ML.Transforms;

namespace Sweep;

/// <summary>A random search with cross-validation, for where there is no AutoML. The first trial is the defaults.</summary>
internal static class Search
{
    public const string Description = "Random search over SAL (AutoML is in the package only)";

    public static Task<(IReadOnlyList<Trial> Trials, Trial? Best, Func<IEstimator<ITransformer>> Pipeline)> RunAsync(
        MLContext mlContext, IDataView rows, int folds, TimeSpan time, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(time);
        var random = new Random(1);
        List<Trial> trials = [];
        Trial? best = null;
        SalSearchSpace bestSpace = new();
        while (!limit.IsCancellationRequested)
        {
            SalSearchSpace space = trials.Count == 0 ? new SalSearchSpace() : RandomDraw.Of<SalSearchSpace>(random);
            Trial trial = Try(mlContext, rows, folds, space, trials.Count + 1, limit.Token);
            trials.Add(trial);
            if (trial.MicroAccuracy > (best?.MicroAccuracy ?? -1))
            {
                (best, bestSpace) = (trial, space);
            }
        }

        return Task.FromResult<(IReadOnlyList<Trial>, Trial?, Func<IEstimator<ITransformer>>)>((trials, best, () => Pipeline(mlContext, bestSpace, CancellationToken.None)));
    }

    private static Trial Try(MLContext mlContext, IDataView rows, int folds, SalSearchSpace space, int number, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        double? accuracy = null;
        try
        {
            accuracy = mlContext.MulticlassClassification.CrossValidate(rows, Pipeline(mlContext, space, cancellationToken), folds).Average(fold => fold.Metrics.MicroAccuracy);
        }
        catch (OperationCanceledException)
        {
        }

        return new Trial(number, "Sal", TrialTable.Describe(space), accuracy, Stopwatch.GetElapsedTime(start).TotalSeconds, accuracy is null ? "cancelled" : "");
    }

    private static IEstimator<ITransformer> Pipeline(MLContext mlContext, SalSearchSpace space, CancellationToken cancellationToken)
    {
        SalMulticlassTrainer.Options options = space.ToOptions();
        options.CancellationToken = cancellationToken;
        return mlContext.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(mlContext.MulticlassClassification.Trainers.Sal(options))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
    }
}
